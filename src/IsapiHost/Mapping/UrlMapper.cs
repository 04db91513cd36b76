using System.Buffers;

namespace IsapiHost.Mapping;

/// <summary>
/// From a URL to its physical path, for one request: by the site's map, and then as its filters want it. Everything that maps a URL for
/// native code does it here. Immutable; as safe for several threads as the filters are.
/// </summary>
/// <param name="map">The map of the site.</param>
/// <param name="filter">The filters of the request; null where none asked for URL_MAP.</param>
internal sealed class UrlMapper(UrlMap map, IUrlMapFilter? filter)
{
    /// <summary>The filters of the request, or null.</summary>
    public IUrlMapFilter? Filter => filter;

    /// <summary>Maps a decoded URL path without query; what it leads to is disposed of by the caller.</summary>
    public PhysicalPath Map(ReadOnlySpan<char> url)
    {
        var buffer = ArrayPool<char>.Shared.Rent(map.MaxLength(url.Length));
        if (!map.TryMap(url, buffer, out var mapped))
        {
            return new PhysicalPath(buffer, isRefused: true, default);
        }

        if (filter?.Filter(url, buffer.AsSpan(0, mapped.Length), mapped) is { } other)
        {
            ArrayPool<char>.Shared.Return(buffer);
            buffer = ArrayPool<char>.Shared.Rent(other.Length);
            other.CopyTo(buffer);
            mapped = mapped with { Length = other.Length, MatchingPath = Math.Min(mapped.MatchingPath, other.Length) };
        }

        return new PhysicalPath(buffer, isRefused: false, mapped);
    }
}
