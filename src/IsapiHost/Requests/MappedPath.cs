using IsapiHost.Mapping;

namespace IsapiHost.Requests;

/// <summary>A physical path that is computed when first asked for and kept in memory that the next request uses again.</summary>
internal sealed class MappedPath
{
    private char[] _buffer = [];
    private int _length = -1;

    /// <summary>The path of a URL; empty when the URL maps to nothing.</summary>
    public ReadOnlySpan<char> Get(UrlMap map, ReadOnlySpan<char> url, IUrlMapFilter? filter)
    {
        if (_length < 0)
        {
            var needed = map.MaxLength(url.Length);

            if (_buffer.Length < needed)
            {
                _buffer = new char[needed];
            }

            _length = map.TryMap(url, _buffer, out var mapped) ? mapped.Length : 0;
            if (_length > 0 && filter?.Filter(url, _buffer.AsSpan(0, _length), mapped) is { } other)
            {
                _buffer = other.ToCharArray();
                _length = other.Length;
            }
        }

        return _buffer.AsSpan(0, _length);
    }

    public void Clear() => _length = -1;
}
