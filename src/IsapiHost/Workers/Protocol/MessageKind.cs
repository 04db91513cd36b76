namespace IsapiHost.Workers.Protocol;

/// <summary>What the host sends in a lane: a job, or something to the thread that waits in it.</summary>
internal enum MessageKind : uint
{
    Load = 1,
    Version = 2,
    Extension = 3,
    Completion = 4,
    Terminate = 5,
    Fetch = 6,
    Store = 7,
    Ping = 8,

    /// <summary>The end of a call: an error and what is to be stored in the caller's memory.</summary>
    Result = 16,

    /// <summary>More of the caller's memory is wanted before there is a result.</summary>
    ResultFetch = 17,

    /// <summary>Bytes for the caller's memory before there is a result.</summary>
    ResultStore = 18,
}
