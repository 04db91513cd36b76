namespace IsapiHost.Responses.Heads;

/// <summary>How the text of a head came to its end, which tells how much of its terminator is missing.</summary>
internal enum HeadTermination
{
    /// <summary>With an empty line, or there was no line at all: nothing is missing.</summary>
    BlankLine,

    /// <summary>After the end of a line: the empty line is missing.</summary>
    CompleteLine,

    /// <summary>In the middle of a line: its line end and the empty line are missing.</summary>
    UnfinishedLine,
}
