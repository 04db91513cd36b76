namespace IsapiHost.Workers.Protocol;

/// <summary>What the worker writes in a lane.</summary>
internal enum RecordKind : ushort
{
    Variable = 1,
    Write = 2,
    Read = 3,
    Support = 4,
    Flush = 5,

    /// <summary>The end of a job.</summary>
    Return = 16,

    /// <summary>What <see cref="MessageKind.ResultFetch"/> or <see cref="MessageKind.ResultStore"/> asked for is done.</summary>
    Data = 17,

    /// <summary>The job's thread has ended inside the module.</summary>
    Lost = 18,
}
