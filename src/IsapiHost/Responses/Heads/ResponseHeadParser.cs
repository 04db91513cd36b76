namespace IsapiHost.Responses.Heads;

/// <summary>
/// Reads the head that an extension gives, as tolerantly as IIS did and without letting anything through that could break the
/// answer: no line end can be smuggled into a name, value or reason phrase. Never throws. Thread-safe.
/// </summary>
internal static class ResponseHeadParser
{
    /// <summary>Lines that end beyond this many bytes are dropped.</summary>
    public const int MaxHeadBytes = 64 * 1024;

    /// <summary>Lines beyond this many are dropped.</summary>
    public const int MaxLines = 500;

    /// <summary>Reads the strings of HSE_REQ_SEND_RESPONSE_HEADER and its variants.</summary>
    /// <param name="status">The status text, with header lines behind it if there are no others; empty if the extension gave none.</param>
    /// <param name="headers">The header text, possibly with the start of the body after an empty line. A NUL before that line ends it.</param>
    /// <param name="fallbackStatus">The status if none can be read; 200 if this is not between 100 and 599.</param>
    /// <param name="bodyOffset">Where the body starts in <paramref name="headers"/>; its length if there is none.</param>
    /// <param name="end">How the header text ended; <see cref="PendingHeadTerminator"/> needs it.</param>
    public static ResponseHead Parse(
        ReadOnlySpan<byte> status, ReadOnlySpan<byte> headers, int fallbackStatus, out int bodyOffset, out HeadTermination end)
    {
        int nul = headers.IndexOf((byte)0);
        ResponseHead head = Read(status, nul < 0 ? headers : headers[..nul], fallbackStatus, out bodyOffset, out end);

        // Lengths sometimes count the terminating NUL, which is then not a body of one byte.
        if (nul >= 0 && (end != HeadTermination.BlankLine || !headers[bodyOffset..].ContainsAnyExcept((byte)0)))
        {
            bodyOffset = headers.Length;
        }

        return head;
    }

    /// <summary>
    /// Reads the head that an extension wrote with WriteClient instead of handing it over: with a status line
    /// (<see cref="FirstWriteKind.RawAnswer"/>) or without (<see cref="FirstWriteKind.CgiHead"/>).
    /// </summary>
    /// <inheritdoc cref="Parse" path="/param"/>
    public static ResponseHead ParseRaw(ReadOnlySpan<byte> bytes, int fallbackStatus, out int bodyOffset, out HeadTermination end) =>
        Read([], bytes, fallbackStatus, out bodyOffset, out end);

    /// <summary>
    /// Reads the status text; true if the status must come from the headers. Without any header text, lines behind the first are header lines:
    /// some give the whole head as the status. Beside header text they can only be a mistake, or somebody else's input.
    /// </summary>
    private static bool ReadStatus(ReadOnlySpan<byte> text, bool isWholeHead, ref ResponseHeadBuilder builder)
    {
        bool absent = StatusText.IsAbsent(text);
        if (!isWholeHead)
        {
            if (!absent)
            {
                builder.SetStatus(text);
            }

            return absent;
        }

        text = StatusText.Trim(text);
        if (!absent)
        {
            builder.SetStatus(StatusText.FirstLine(text, out text));
        }

        HeadLines lines = new(text);
        for (int count = 0; count < MaxLines && lines.TryRead(out ReadOnlySpan<byte> line) && lines.Position <= MaxHeadBytes; count++)
        {
            builder.AddLine(line);
        }

        return absent;
    }

    private static ResponseHead Read(
        ReadOnlySpan<byte> status, ReadOnlySpan<byte> text, int fallbackStatus, out int bodyOffset, out HeadTermination end)
    {
        HeadLines lines = new(text);
        ResponseHeadBuilder builder = new(fallbackStatus);
        try
        {
            bool statusAwaited = ReadStatus(status, isWholeHead: text.IsEmpty, ref builder);
            for (int count = 1; lines.TryRead(out ReadOnlySpan<byte> line); count++)
            {
                if (count > MaxLines || lines.Position > MaxHeadBytes)
                {
                    builder.AddFault(ResponseHeadFaults.TooLarge);
                }
                else if (count == 1 && statusAwaited && (StatusText.IsStatusLine(line) || !line.Contains((byte)':')))
                {
                    builder.SetStatus(line);
                }
                else
                {
                    builder.AddLine(line);
                }
            }

            bodyOffset = lines.Position;
            end = lines.End;
            return builder.Build();
        }
        finally
        {
            builder.Dispose();
        }
    }
}
