using System.Buffers;

namespace IsapiHost.Mapping;

/// <summary>A mapped URL in a rented buffer.</summary>
internal readonly ref struct PhysicalPath(char[] buffer, bool isRefused, MappedUrl mapped)
{
    /// <summary>The URL leads out of the site, or can be no file name.</summary>
    public bool IsRefused { get; } = isRefused;

    public ReadOnlySpan<char> Text => buffer.AsSpan(0, mapped.Length);

    public int MatchingPath => mapped.MatchingPath;

    public int MatchingUrl => mapped.MatchingUrl;

    public void Dispose() => ArrayPool<char>.Shared.Return(buffer);
}
