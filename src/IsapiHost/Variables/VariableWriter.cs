using System.Buffers;
using System.Buffers.Text;
using System.Runtime.InteropServices;
using System.Text;
using IsapiHost.Requests;

namespace IsapiHost.Variables;

/// <summary>
/// Collects a value, in the encoding that its caller asked for, before a byte of it reaches that caller: a buffer that turns out too small
/// must stay untouched. Begins on the stack and goes on in pooled memory.
/// </summary>
internal ref struct VariableWriter
{
    private readonly SiteSettings _site;
    private readonly bool _unicode;
    private Span<byte> _buffer;
    private byte[]? _rented;
    private int _length;
    private bool _noData;

    public VariableWriter(Span<byte> initialBuffer, SiteSettings site, bool unicode)
    {
        _buffer = initialBuffer;
        _site = site;
        _unicode = unicode;
    }

    /// <summary>Text that the caller expects in the ANSI code page.</summary>
    public void Append(scoped ReadOnlySpan<char> text) => Encode(text, _site.AnsiEncoding);

    /// <summary>Text from the wire, given back as the bytes that were received.</summary>
    public void AppendHeader(scoped ReadOnlySpan<char> text) => Encode(text, _site.RequestHeaderEncoding);

    public void AppendAscii(scoped ReadOnlySpan<byte> text)
    {
        if (_unicode)
        {
            Ascii.ToUtf16(text, MemoryMarshal.Cast<byte, char>(Reserve(text.Length * 2)), out var written);
            _length += written * 2;
        }
        else
        {
            text.CopyTo(Reserve(text.Length));
            _length += text.Length;
        }
    }

    public void AppendNumber(long value)
    {
        Span<byte> digits = stackalloc byte[20];
        Utf8Formatter.TryFormat(value, digits, out var length);
        AppendAscii(digits[..length]);
    }

    /// <summary>The value cannot be had now.</summary>
    public void SetNoData() => _noData = true;

    /// <summary>Hands the value over if it fits with its NUL, of two bytes in UTF-16. <paramref name="size"/> counts it.</summary>
    public readonly VariableResult CopyTo(Span<byte> destination, out int size)
    {
        if (_noData)
        {
            size = 0;
            return VariableResult.NoData;
        }

        size = _length + (_unicode ? 2 : 1);

        if (size > destination.Length)
        {
            return VariableResult.TooSmall;
        }

        _buffer[.._length].CopyTo(destination);
        destination[_length..size].Clear();
        return VariableResult.Found;
    }

    /// <summary>Gives pooled memory back.</summary>
    public void Dispose()
    {
        if (_rented is { } rented)
        {
            _rented = null;
            // It may hold credentials of this request, and the next user of the pool is anybody.
            rented.AsSpan(0, _length).Clear();
            ArrayPool<byte>.Shared.Return(rented);
        }
    }

    private void Encode(scoped ReadOnlySpan<char> text, Encoding encoding)
    {
        if (_unicode)
        {
            var bytes = MemoryMarshal.AsBytes(text);
            bytes.CopyTo(Reserve(bytes.Length));
            _length += bytes.Length;
        }
        else
        {
            _length += encoding.GetBytes(text, Reserve(encoding.GetMaxByteCount(text.Length)));
        }
    }

    private Span<byte> Reserve(int count)
    {
        if (_buffer.Length - _length < count)
        {
            var larger = ArrayPool<byte>.Shared.Rent(Math.Max(_length + count, _buffer.Length * 2));
            _buffer[.._length].CopyTo(larger);
            Dispose();
            _buffer = _rented = larger;
        }

        return _buffer[_length..];
    }
}
