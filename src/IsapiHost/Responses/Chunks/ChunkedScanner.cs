namespace IsapiHost.Responses.Chunks;

/// <summary>
/// Follows the chunked framing (RFC 9112, 7.1) that an extension puts around its body itself, across writes cut anywhere.
/// Strict, because a client must find the same end as the host: CRLF only. Holds no bytes. Not thread-safe.
/// </summary>
internal struct ChunkedScanner
{
    /// <summary>The most bytes of one chunk's size and extensions.</summary>
    public const int MaxSizeLineBytes = 4 * 1024;

    /// <summary>The most bytes of all trailer fields.</summary>
    public const int MaxTrailerBytes = 16 * 1024;

    private State _state;
    private long _left;
    private int _lineBytes;

    private enum State
    {
        SizeStart,
        Size,
        Extension,
        SizeLineFeed,
        Data,
        DataCarriageReturn,
        DataLineFeed,
        TrailerStart,
        Trailer,
        TrailerLineFeed,
        LastLineFeed,
        Complete,
        Malformed,
    }

    /// <summary>Whether the last chunk and the trailers have been seen to their end.</summary>
    public readonly bool IsComplete => _state == State.Complete;

    /// <summary>Whether a byte came that no chunked body can have there.</summary>
    public readonly bool IsMalformed => _state == State.Malformed;

    /// <summary>The number of bytes, from the first on, that belong to the body; less than all only if it is complete or malformed.</summary>
    public int Scan(ReadOnlySpan<byte> bytes)
    {
        ReadOnlySpan<byte> rest = bytes;
        while (TryRead(ref rest, out _))
        {
        }

        return bytes.Length - rest.Length;
    }

    /// <summary>
    /// Takes the next piece of content out of <paramref name="source"/>. False when no more is in it: it is then empty, or begins with what
    /// follows a complete body, or with the byte that made it malformed.
    /// </summary>
    public bool TryRead(ref ReadOnlySpan<byte> source, out ReadOnlySpan<byte> payload)
    {
        while (!source.IsEmpty && _state < State.Complete)
        {
            if (_state == State.Data)
            {
                int length = (int)Math.Min(source.Length, _left);
                payload = source[..length];
                source = source[length..];
                _left -= length;
                _state = _left == 0 ? State.DataCarriageReturn : State.Data;
                return true;
            }

            _state = Next(source[0]);
            source = _state == State.Malformed ? source : source[1..];
        }

        payload = [];
        return false;
    }

    private State Next(byte value)
    {
        switch (_state)
        {
            case State.SizeStart or State.Size when char.IsAsciiHexDigit((char)value):
                return AddDigit(value);
            case State.Size or State.Extension when value == '\r':
                return State.SizeLineFeed;
            case State.Size when value is (byte)';' or (byte)' ' or (byte)'\t':
            case State.Extension when value is >= 0x20 or (byte)'\t':
                return Within(MaxSizeLineBytes, State.Extension);
            case State.SizeLineFeed when value == '\n':
                _lineBytes = 0;
                return _left == 0 ? State.TrailerStart : State.Data;
            case State.DataCarriageReturn when value == '\r':
                return State.DataLineFeed;
            case State.DataLineFeed when value == '\n':
                return State.SizeStart;
            case State.TrailerStart when value == '\r':
                return State.LastLineFeed;
            case State.Trailer when value == '\r':
                return State.TrailerLineFeed;
            case State.TrailerStart or State.Trailer when value is >= 0x20 or (byte)'\t':
                return Within(MaxTrailerBytes, State.Trailer);
            case State.TrailerLineFeed when value == '\n':
                return State.TrailerStart;
            case State.LastLineFeed when value == '\n':
                return State.Complete;
            default:
                return State.Malformed;
        }
    }

    private State AddDigit(byte value)
    {
        if (_left > long.MaxValue >> 4)
        {
            return State.Malformed;
        }

        _left = (_left << 4) | DigitValue(value);
        return Within(MaxSizeLineBytes, State.Size);
    }

    private static long DigitValue(byte digit) => digit <= '9' ? digit - '0' : (digit | 0x20) - 'a' + 10;

    private State Within(int limit, State next) => ++_lineBytes > limit ? State.Malformed : next;
}
