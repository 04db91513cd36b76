namespace IsapiHost.Responses.Heads;

/// <summary>Reads a head line by line. Lines end in CRLF or LF; a line that begins with a blank continues the one before.</summary>
internal ref struct HeadLines(ReadOnlySpan<byte> text)
{
    private readonly ReadOnlySpan<byte> _text = text;

    /// <summary>How the text ended, once <see cref="TryRead"/> has returned false.</summary>
    public HeadTermination End { get; private set; }

    /// <summary>The bytes read so far; the start of the body once <see cref="TryRead"/> has returned false.</summary>
    public int Position { get; private set; }

    /// <summary>Reads a line with its continuations: line ends inside it are kept, the last one is not.</summary>
    public bool TryRead(out ReadOnlySpan<byte> line)
    {
        line = default;
        if (Position == _text.Length)
        {
            return false;
        }

        int start = Position;
        int length = ReadOne();
        // A text written in text mode has CR CR LF, so any number of CR before the LF belongs to the line end.
        if (_text.Slice(start, length).TrimEnd((byte)'\r').IsEmpty)
        {
            // A CR without its LF as the last byte is a half of the empty line: the other half may come with the body.
            End = End == HeadTermination.UnfinishedLine ? HeadTermination.CompleteLine : HeadTermination.BlankLine;
            return false;
        }

        while (Position < _text.Length && _text[Position] is (byte)' ' or (byte)'\t')
        {
            int next = Position;
            length = next + ReadOne() - start;
        }

        line = _text.Slice(start, length);
        return true;
    }

    /// <summary>Moves to the next line and returns the length of the one passed, without its LF.</summary>
    private int ReadOne()
    {
        int length = _text[Position..].IndexOf((byte)'\n');
        if (length < 0)
        {
            length = _text.Length - Position;
            Position = _text.Length;
            End = HeadTermination.UnfinishedLine;
        }
        else
        {
            Position += length + 1;
            End = HeadTermination.CompleteLine;
        }

        return length;
    }
}
