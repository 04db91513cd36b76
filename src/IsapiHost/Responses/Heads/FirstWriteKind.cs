namespace IsapiHost.Responses.Heads;

/// <summary>What an extension means with bytes that it writes before it has given a head.</summary>
internal enum FirstWriteKind
{
    /// <summary>The bytes so far can still become one thing or another.</summary>
    NeedMore,

    /// <summary>A whole HTTP/1.x answer, the status line first ("nph").</summary>
    RawAnswer,

    /// <summary>Header lines and an empty line, as a CGI program writes them.</summary>
    CgiHead,

    /// <summary>A body, and no head at all.</summary>
    Text,
}
