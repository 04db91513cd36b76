namespace IsapiHost.Responses.Heads;

/// <summary>What had to be repaired in the head that an extension gave, so that its author can be told once.</summary>
[Flags]
internal enum ResponseHeadFaults
{
    /// <summary>The head was sent as given.</summary>
    None = 0,

    /// <summary>A line had no colon and was dropped.</summary>
    LineWithoutColon = 1 << 0,

    /// <summary>A field name was not a token (RFC 9110, 5.6.2); its line was dropped.</summary>
    InvalidName = 1 << 1,

    /// <summary>Control characters were removed from a value or from the reason phrase.</summary>
    ControlCharacters = 1 << 2,

    /// <summary>Content-Length was not a number, or given twice with different numbers; none was taken.</summary>
    ContentLengthConflict = 1 << 3,

    /// <summary>Content-Length stood beside <c>Transfer-Encoding: chunked</c>, which outranks it.</summary>
    ContentLengthBesideChunked = 1 << 4,

    /// <summary>A transfer coding other than chunked was dropped.</summary>
    TransferCoding = 1 << 5,

    /// <summary>No status code could be read from the text given as status; the fallback was used.</summary>
    Status = 1 << 6,

    /// <summary>Server or Date was given twice; the first was kept.</summary>
    DuplicateServerOrDate = 1 << 7,

    /// <summary>The head had more bytes or lines than <see cref="ResponseHeadParser"/> takes; the rest was dropped.</summary>
    TooLarge = 1 << 8,
}
