using IsapiHost.Interop;
using IsapiHost.Interop.Abi;
using IsapiHost.Mapping;
using IsapiHost.Threading;

namespace IsapiHost.Filters;

/// <content>URL_MAP: for the URL of the request, and whenever a URL is mapped for native code.</content>
internal sealed partial class FilterRequest : IUrlMapFilter
{
    // What filters of the time expect to find at least; most replace the path by one of their own.
    private const int PathRoom = 4096;

    private static readonly Func<object, FilterOutcome> _runMappings =
        static state => ((FilterRequest)state).Guarded(request => request.RunMappings());

    [ThreadStatic]
    private static bool _isMapping;

    private Action? _mappings;
    private FilterOutcome _mapOutcome;

    public async ValueTask RunAsync(Action mappings)
    {
        _mappings = mappings;
        if (ExtensionThread.IsCurrent)
        {
            RunMappings();
        }
        else
        {
            await _session.CallAsync(_runMappings, this, isFirst: false);
        }
    }

    public string? Filter(ReadOnlySpan<char> url, ReadOnlySpan<char> path, in MappedUrl mapped)
    {
        if (_isMapping)
        {
            // A filter asks for a mapped path inside URL_MAP: it gets the site's, since asking the filters again would never end.
            return null;
        }

        _isMapping = true;
        try
        {
            _mapOutcome = RaiseUrlMap(url, path, mapped, out var changed);
            return changed;
        }
        finally
        {
            _isMapping = false;
        }
    }

    private FilterOutcome RunMappings()
    {
        _mappings!();
        _mappings = null;
        return FilterOutcome.Continue;
    }

    private FilterOutcome RaiseUrlMap()
    {
        _mapOutcome = FilterOutcome.Continue;
        using var mapped = View.Urls.Map(View.Path);
        _physicalPath = mapped.IsRefused ? null : mapped.Text.ToString();
        return _mapOutcome;
    }

    private unsafe FilterOutcome RaiseUrlMap(ReadOnlySpan<char> url, ReadOnlySpan<char> path, in MappedUrl mapped, out string? changed)
    {
        var ansi = Site.AnsiEncoding;
        var urlSize = ansi.GetByteCount(url) + 1;
        var pathSize = Math.Max(ansi.GetByteCount(path) + 1, PathRoom);
        var block = NativeBlockPool.Rent(urlSize + pathSize + 1);
        try
        {
            var room = block.Span;
            room.Clear();
            ansi.GetBytes(url, room);
            ansi.GetBytes(path, room[urlSize..]);
            HTTP_FILTER_URL_MAP_EX map = default;
            map.pszURL = block.Start;
            map.pszPhysicalPath = block.Start + urlSize;
            map.cbPathBuff = (uint)pathSize;
            map.dwFlags = UrlMap.AccessFlags;
            map.cchMatchingPath = (uint)mapped.MatchingPath;
            map.cchMatchingURL = (uint)mapped.MatchingUrl;
            map.pszScriptMapEntry = block.Start + urlSize + pathSize;
            var outcome = Raise(SF_NOTIFY.URL_MAP, &map);
            changed = ReadPath(map, block.Start + urlSize, pathSize, path);
            return outcome;
        }
        finally
        {
            NativeBlockPool.Return(block);
        }
    }

    // Overwritten in place, or replaced by a pointer to the filter's own memory; null for a path that is none or is what it was.
    private unsafe string? ReadPath(in HTTP_FILTER_URL_MAP_EX map, byte* given, int size, ReadOnlySpan<char> before)
    {
        if (map.pszPhysicalPath is null)
        {
            return null;
        }

        var limit = map.pszPhysicalPath == given ? size - 1 : NativeString.MaxUrl;
        var path = Site.AnsiEncoding.GetString(NativeString.Read(map.pszPhysicalPath, limit));
        return before.SequenceEqual(path) || path.AsSpan().ContainsAny('\r', '\n') ? null : path;
    }
}
