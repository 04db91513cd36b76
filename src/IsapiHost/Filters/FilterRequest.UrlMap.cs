using System.Text;
using IsapiHost.Interop;
using IsapiHost.Interop.Abi;
using IsapiHost.Mapping;
using IsapiHost.Requests;
using IsapiHost.Threading;

namespace IsapiHost.Filters;

/// <content>URL_MAP: for the URL of the request, and whenever an extension's URL is mapped.</content>
internal sealed partial class FilterRequest : IUrlMapFilter
{
    // What filters of the time expect to find at least; most replace the path by one of their own.
    private const int PathRoom = 4096;

    private static readonly Func<object, FilterOutcome> s_mapPaths = static state => ((FilterRequest)state).Guarded(request => request.MapPaths());

    private RequestView? _attached;

    public async ValueTask AttachAsync(RequestView view)
    {
        view.UrlFilter = this;
        _attached = view;
        if (ExtensionThread.IsCurrent)
        {
            MapPaths();
        }
        else
        {
            await _session.CallAsync(s_mapPaths, this, isFirst: false);
        }
    }

    public string? Filter(ReadOnlySpan<char> url, ReadOnlySpan<char> path, in MappedUrl mapped)
    {
        RaiseUrlMap(url, path, mapped, out var changed);
        return changed;
    }

    private FilterOutcome MapPaths()
    {
        _ = _attached!.PathTranslated;
        _ = _attached.ScriptTranslated;
        _attached = null;
        return FilterOutcome.Continue;
    }

    private unsafe FilterOutcome RaiseUrlMap(ReadOnlySpan<char> url, ReadOnlySpan<char> path, in MappedUrl mapped, out string? changed)
    {
        changed = null;
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
            var left = ansi.GetString(NativeString.Read(block.Start + urlSize, pathSize - 1));
            if (!path.SequenceEqual(left) && !left.AsSpan().ContainsAny('\r', '\n'))
            {
                changed = left;
            }

            return outcome;
        }
        finally
        {
            NativeBlockPool.Return(block);
        }
    }
}
