namespace IsapiHost.Responses.Chunks;

/// <summary>
/// The chunks that an extension frames its body in itself, followed so that nothing can stand behind them: passed as they are to a client
/// that reads chunks, else taken apart. A default one takes no chunks.
/// </summary>
/// <param name="passes">Whether the chunks go out as they are.</param>
internal struct OwnChunks(bool passes)
{
    private readonly bool _isUsed = true;
    private readonly bool _passes = passes;
    private ChunkedScanner _scanner;

    /// <summary>Whether the extension frames its body itself.</summary>
    public readonly bool IsUsed => _isUsed;

    /// <summary>Whether the chunks go out as they are.</summary>
    public readonly bool Pass => _passes;

    /// <summary>Whether the last chunk has come, or there are none at all.</summary>
    public readonly bool IsWhole => !_isUsed || _scanner.IsComplete;

    /// <summary>Whether bytes came that no chunks can have there.</summary>
    public readonly bool IsMalformed => _scanner.IsMalformed;

    /// <summary>Takes what is to be sent next out of <paramref name="data"/>; empty when there is no more in it.</summary>
    public ReadOnlyMemory<byte> Next(ref ReadOnlyMemory<byte> data)
    {
        if (_passes)
        {
            // What follows the last chunk would be taken for the next response.
            var chunks = data[.._scanner.Scan(data.Span)];
            data = default;
            return chunks;
        }

        var rest = data.Span;
        if (!_scanner.TryRead(ref rest, out var payload))
        {
            return default;
        }

        // The payload stands right before what is left.
        var end = data.Length - rest.Length;
        var taken = data.Slice(end - payload.Length, payload.Length);
        data = data[end..];
        return taken;
    }
}
