namespace IsapiHost.Responses.Heads;

/// <summary>
/// Tells what WriteClient means before any head was given. The answer depends on the bytes alone and not on how they were cut into writes.
/// </summary>
internal static class HeadSniffer
{
    /// <summary>No more than this many bytes are looked at, or asked for.</summary>
    public const int MaxBytes = 16 * 1024;

    private enum State
    {
        Name,
        AfterName,
        Value,
        ValueCarriageReturn,
        LineStart,
        BlankLine,
    }

    /// <summary>Classifies all bytes written so far. A head is reported when it is complete, or when no more of it can come.</summary>
    /// <param name="bytes">The bytes of all writes so far.</param>
    /// <param name="isEnd">Whether no more will come; then the answer is never <see cref="FirstWriteKind.NeedMore"/>.</param>
    public static FirstWriteKind Classify(ReadOnlySpan<byte> bytes, bool isEnd)
    {
        if (bytes.Length >= MaxBytes)
        {
            bytes = bytes[..MaxBytes];
            isEnd = true;
        }

        FirstWriteKind kind = ClassifyStatusLine(bytes);
        if (kind == FirstWriteKind.RawAnswer)
        {
            return isEnd || EndsHead(bytes) ? FirstWriteKind.RawAnswer : FirstWriteKind.NeedMore;
        }

        if (kind == FirstWriteKind.Text)
        {
            kind = ClassifyHeaderLines(bytes);
        }

        return kind == FirstWriteKind.NeedMore && isEnd ? FirstWriteKind.Text : kind;
    }

    /// <summary>RawAnswer for <c>HTTP/1.x nnn</c>, NeedMore for a part of that, Text for anything else.</summary>
    private static FirstWriteKind ClassifyStatusLine(ReadOnlySpan<byte> bytes)
    {
        ReadOnlySpan<byte> pattern = "HTTP/1.# ###"u8;
        for (int i = 0; i < Math.Min(bytes.Length, pattern.Length); i++)
        {
            if (pattern[i] == '#' ? !char.IsAsciiDigit((char)bytes[i]) : bytes[i] != pattern[i])
            {
                return FirstWriteKind.Text;
            }
        }

        return bytes.Length < pattern.Length ? FirstWriteKind.NeedMore : FirstWriteKind.RawAnswer;
    }

    private static bool EndsHead(ReadOnlySpan<byte> bytes)
    {
        HeadLines lines = new(bytes);
        while (lines.TryRead(out _))
        {
        }

        return lines.End == HeadTermination.BlankLine;
    }

    /// <summary>CgiHead for header lines with an empty line after them, NeedMore for a part of that, Text for anything else.</summary>
    private static FirstWriteKind ClassifyHeaderLines(ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty)
        {
            return FirstWriteKind.NeedMore;
        }

        // A name that does not begin with a letter is a time, a score or a list, not a header.
        if (!char.IsAsciiLetter((char)bytes[0]))
        {
            return FirstWriteKind.Text;
        }

        State state = State.Name;
        foreach (byte value in bytes)
        {
            State? next = state switch
            {
                State.Name when value == ':' => State.Value,
                State.Name when value is (byte)' ' or (byte)'\t' => State.AfterName,
                State.Name when FieldText.IsToken([value]) => State.Name,
                State.AfterName when value == ':' => State.Value,
                State.AfterName when value is (byte)' ' or (byte)'\t' => State.AfterName,
                State.Value or State.ValueCarriageReturn when value == '\n' => State.LineStart,
                State.Value or State.ValueCarriageReturn when value == '\r' => State.ValueCarriageReturn,
                State.Value when value is >= 0x20 or (byte)'\t' => State.Value,
                State.LineStart or State.BlankLine when value == '\r' => State.BlankLine,
                State.LineStart when value is (byte)' ' or (byte)'\t' => State.Value,
                State.LineStart when char.IsAsciiLetter((char)value) => State.Name,
                _ => null,
            };

            if (next is null)
            {
                return state is State.LineStart or State.BlankLine && value == '\n' ? FirstWriteKind.CgiHead : FirstWriteKind.Text;
            }

            state = next.Value;
        }

        return FirstWriteKind.NeedMore;
    }
}
