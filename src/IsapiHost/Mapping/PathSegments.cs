using System.Numerics;

namespace IsapiHost.Mapping;

/// <summary>Removal of dot segments and doubled slashes, in place, for text in bytes or in UTF-16.</summary>
internal static class PathSegments
{
    /// <summary>Collapses a path without its query; a trailing slash is kept. Returns the new length, which is never longer.</summary>
    /// <param name="path">The path, overwritten with the result.</param>
    /// <param name="leftRoot">Some <c>..</c> had nothing to remove. It was dropped, as RFC 3986 says; who maps to files should refuse.</param>
    public static int Collapse<T>(Span<T> path, out bool leftRoot)
        where T : unmanaged, IBinaryInteger<T>
    {
        var slash = T.CreateTruncating('/');
        leftRoot = false;

        // What is written always is empty or ends in a slash when a new segment begins.
        var floor = path.Length > 0 && path[0] == slash ? 1 : 0;
        var written = floor;

        for (var start = floor; start < path.Length;)
        {
            var length = path[start..].IndexOf(slash);
            var isLast = length < 0;
            length = isLast ? path.Length - start : length;
            var segment = path.Slice(start, length);
            start += length + 1;

            if (length == 0 || IsDots(segment, 1))
            {
                continue;
            }

            if (IsDots(segment, 2))
            {
                leftRoot |= written == floor;
                written = written == floor ? floor : floor + path[floor..(written - 1)].LastIndexOf(slash) + 1;
                continue;
            }

            segment.CopyTo(path[written..]);
            written += length;

            if (!isLast)
            {
                path[written++] = slash;
            }
        }

        return written;
    }

    private static bool IsDots<T>(ReadOnlySpan<T> segment, int count)
        where T : unmanaged, IBinaryInteger<T> =>
        segment.Length == count && !segment.ContainsAnyExcept(T.CreateTruncating('.'));
}
