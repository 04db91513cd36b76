namespace IsapiHost.Responses.Heads;

/// <summary>
/// Finds the part of a head's terminator that an extension sends late, as the first bytes of its body.
/// Some give the head without its empty line and write that with WriteClient; these bytes must not reach the client.
/// </summary>
internal struct PendingHeadTerminator(HeadTermination end)
{
    private int _lineEndsMissing = end switch
    {
        HeadTermination.CompleteLine => 1,
        HeadTermination.UnfinishedLine => 2,
        _ => 0,
    };

    /// <summary>The most bytes that a terminator has.</summary>
    public const int MaxBytes = 4;

    /// <summary>Whether a next write may still begin with a part of the terminator.</summary>
    public readonly bool IsAwaited => _lineEndsMissing != 0;

    /// <summary>The number of bytes at the start of <paramref name="body"/> that belong to the head. To be asked once for each write, in order.</summary>
    public int Skip(ReadOnlySpan<byte> body)
    {
        int skipped = 0;
        while (_lineEndsMissing != 0 && skipped < body.Length)
        {
            ReadOnlySpan<byte> rest = body[skipped..];
            int lineEnd = rest.StartsWith("\r\n"u8) ? 2 : rest[0] == '\n' ? 1 : 0;
            _lineEndsMissing = lineEnd == 0 ? 0 : _lineEndsMissing - 1;
            skipped += lineEnd;
        }

        return skipped;
    }
}
