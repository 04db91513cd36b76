using System.Buffers;
using IsapiHost.Interop.Abi;

namespace IsapiHost.Mapping;

/// <summary>
/// URL path → physical path: textual, the file need not exist. Takes URLs that are decoded already and never decodes again.
/// Whatever the URL, the result is below the folder it was mapped to, or there is none. Immutable.
/// </summary>
internal sealed class UrlMap
{
    /// <summary>
    /// dwFlags of HSE_URL_MAPEX_INFO and HTTP_FILTER_URL_MAP_EX: HSE_URL_FLAGS_READ, _EXECUTE and _SCRIPT, what an
    /// <c>accessPolicy</c> must grant in IIS before an extension can run at all.
    /// </summary>
    public const uint AccessFlags = HSE_URL_FLAGS.READ | HSE_URL_FLAGS.EXECUTE | HSE_URL_FLAGS.SCRIPT;

    private readonly VirtualDirectory[] _directories; // longest URL prefix first, the root last
    private readonly PathStyle _style;
    private readonly int _longestFolder;

    public UrlMap(IsapiOptions options)
        : this(
            Path.GetFullPath(options.Root ?? "."),
            options.VirtualDirectories.Select(entry => KeyValuePair.Create(entry.Key, Path.GetFullPath(entry.Value))),
            OperatingSystem.IsWindows() ? PathStyle.Windows : PathStyle.Unix)
    {
    }

    /// <param name="root">The folder of <c>/</c>, absolute.</param>
    /// <param name="virtualDirectories">URL prefixes and their folders, absolute.</param>
    /// <param name="style">The file names to write.</param>
    /// <exception cref="FormatException">A URL prefix is not of the form <c>/name</c>.</exception>
    public UrlMap(string root, IEnumerable<KeyValuePair<string, string>> virtualDirectories, PathStyle style)
    {
        _style = style;
        Separator = style == PathStyle.Windows ? '\\' : '/';
        Root = WithoutTrailingSeparator(root);
        _directories =
        [
            .. virtualDirectories
                .Select(entry => new VirtualDirectory(ParsePrefix(entry.Key), WithoutTrailingSeparator(entry.Value)))
                .OrderByDescending(directory => directory.UrlPrefix.Length),
            new VirtualDirectory("", Root),
        ];
        _longestFolder = _directories.Max(directory => directory.Folder.Length);
    }

    /// <summary>The folder of <c>/</c>, without a trailing separator (so it is empty for the root of a Unix file system).</summary>
    public string Root { get; }

    public char Separator { get; }

    /// <summary>How many characters <see cref="TryMap"/> needs for a URL of this length.</summary>
    public int MaxLength(int urlLength) => _longestFolder + 2 + urlLength;

    /// <summary>Maps a decoded URL path without query. A trailing slash is kept; an empty URL is the root folder itself.</summary>
    /// <param name="url">The URL path; a missing leading slash is supplied.</param>
    /// <param name="destination">At least <see cref="MaxLength"/> characters, overwritten also beyond the result.</param>
    /// <param name="mapped">The lengths of the result at the start of <paramref name="destination"/>.</param>
    /// <returns>False when the URL leaves the root or cannot be the name of a file.</returns>
    public bool TryMap(ReadOnlySpan<char> url, Span<char> destination, out MappedUrl mapped)
    {
        mapped = default;

        // The URL is normalised behind the place of the longest folder, where the folder that matches can be put in front of it.
        var room = destination[_longestFolder..];
        var normalized = room[..Normalize(url, room, out var leftRoot)];

        if (leftRoot || !IsSafe(normalized))
        {
            return false;
        }

        var directory = Find(normalized);
        var rest = normalized[directory.UrlPrefix.Length..];

        if (Separator != '/')
        {
            rest.Replace('/', Separator);
        }

        directory.Folder.CopyTo(destination);
        var length = directory.Folder.Length + rest.Length;
        rest.CopyTo(destination[directory.Folder.Length..]);

        if (rest.IsEmpty && IsFileSystemRoot(directory.Folder))
        {
            destination[length++] = Separator;
        }

        mapped = new MappedUrl(length, directory.Folder.Length, directory.UrlPrefix.Length);
        return true;
    }

    /// <summary>As <see cref="TryMap"/>, for places that are not hot; null when the URL is refused.</summary>
    public string? Map(ReadOnlySpan<char> url)
    {
        var buffer = ArrayPool<char>.Shared.Rent(MaxLength(url.Length));

        try
        {
            return TryMap(url, buffer, out var mapped) ? new string(buffer, 0, mapped.Length) : null;
        }
        finally
        {
            ArrayPool<char>.Shared.Return(buffer);
        }
    }

    private static int Normalize(ReadOnlySpan<char> url, Span<char> destination, out bool leftRoot)
    {
        leftRoot = false;

        if (url.IsEmpty)
        {
            return 0;
        }

        var slash = url[0] == '/' ? 0 : 1;
        destination[0] = '/';
        url.CopyTo(destination[slash..]);
        return PathSegments.Collapse(destination[..(slash + url.Length)], out leftRoot);
    }

    private bool IsSafe(ReadOnlySpan<char> url)
    {
        if (_style == PathStyle.Unix)
        {
            return !url.Contains('\0');
        }

        foreach (var segment in url.Split('/'))
        {
            if (!WindowsFileName.IsPlain(url[segment]))
            {
                return false;
            }
        }

        return true;
    }

    private VirtualDirectory Find(ReadOnlySpan<char> url)
    {
        foreach (var directory in _directories)
        {
            if (directory.Contains(url))
            {
                return directory;
            }
        }

        return _directories[^1];
    }

    // "C:" without its separator would be the current folder of the drive, and "" no path at all.
    private bool IsFileSystemRoot(string folder) =>
        folder.Length == 0 || (_style == PathStyle.Windows && folder.EndsWith(':'));

    private string WithoutTrailingSeparator(string folder) =>
        _style == PathStyle.Windows ? folder.TrimEnd('\\', '/') : folder.TrimEnd('/');

    /// <summary>The URL prefix of a virtual directory, without a trailing slash.</summary>
    /// <exception cref="FormatException">It is not of the form <c>/name</c>.</exception>
    public static string ParsePrefix(string prefix)
    {
        var trimmed = prefix.TrimEnd('/');
        var isPlain = trimmed.StartsWith('/') && !trimmed.AsSpan().ContainsAny("\\?*\0");
        var copy = trimmed.ToCharArray();

        if (!isPlain || PathSegments.Collapse(copy.AsSpan(), out _) != trimmed.Length)
        {
            throw new FormatException(
                $"The virtual directory '{prefix}' is not understood. Write a URL prefix such as '/images'; the folder of '/' itself is Root.");
        }

        return trimmed;
    }
}
