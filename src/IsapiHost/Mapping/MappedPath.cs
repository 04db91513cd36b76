namespace IsapiHost.Mapping;

/// <summary>A physical path that is computed when first asked for and kept in memory that the next request uses again.</summary>
internal sealed class MappedPath
{
    private char[] _buffer = [];
    private int _length = -1;

    /// <summary>The path of a URL; empty when the URL maps to nothing.</summary>
    public ReadOnlySpan<char> Get(UrlMapper urls, ReadOnlySpan<char> url)
    {
        if (_length < 0)
        {
            using var mapped = urls.Map(url);
            var path = mapped.IsRefused ? default : mapped.Text;
            if (_buffer.Length < path.Length)
            {
                _buffer = new char[path.Length];
            }

            path.CopyTo(_buffer);
            _length = path.Length;
        }

        return _buffer.AsSpan(0, _length);
    }

    public void Clear() => _length = -1;
}
