using System.Buffers;
using IsapiHost.Mapping;

namespace IsapiHost.Requests;

/// <summary>A mapped URL in a rented buffer.</summary>
internal readonly ref struct PhysicalPath
{
    private readonly char[] _buffer;
    private readonly MappedUrl _mapped;

    private PhysicalPath(char[] buffer, bool refused, MappedUrl mapped)
    {
        _buffer = buffer;
        _mapped = mapped;
        IsRefused = refused;
    }

    /// <summary>The URL leads out of the site, or can be no file name.</summary>
    public bool IsRefused { get; }

    public ReadOnlySpan<char> Text => _buffer.AsSpan(0, _mapped.Length);

    public int MatchingPath => _mapped.MatchingPath;

    public int MatchingUrl => _mapped.MatchingUrl;

    public static PhysicalPath Map(UrlMap map, ReadOnlySpan<char> url, IUrlMapFilter? filter = null)
    {
        var buffer = ArrayPool<char>.Shared.Rent(map.MaxLength(url.Length));
        var done = map.TryMap(url, buffer, out var mapped);
        if (done && filter?.Filter(url, buffer.AsSpan(0, mapped.Length), mapped) is { } other)
        {
            ArrayPool<char>.Shared.Return(buffer);
            buffer = ArrayPool<char>.Shared.Rent(other.Length);
            other.CopyTo(buffer);
            mapped = mapped with { Length = other.Length, MatchingPath = Math.Min(mapped.MatchingPath, other.Length) };
        }

        return new PhysicalPath(buffer, !done, mapped);
    }

    public void Dispose() => ArrayPool<char>.Shared.Return(_buffer);
}
