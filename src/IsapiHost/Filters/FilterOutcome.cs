namespace IsapiHost.Filters;

/// <summary>What the filters that got a notification made of it.</summary>
internal enum FilterOutcome
{
    /// <summary>Processing goes on.</summary>
    Continue,

    /// <summary>A filter has answered, or wants nothing sent; the connection is closed.</summary>
    Finished,

    /// <summary>A filter has answered; the connection may be kept.</summary>
    FinishedKeepConnection,

    /// <summary>A filter wants the request aborted; its last error says why.</summary>
    Error,

    /// <summary>No filter was called: the threads that could have done it are busy, or the host stops.</summary>
    Refused,

    /// <summary>READ_RAW_DATA only: a filter wants to see more bytes before any go on.</summary>
    ReadNext,
}
