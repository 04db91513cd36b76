namespace IsapiHost.Workers.Protocol;

/// <summary>What a value of a message or record is.</summary>
internal enum ValueTag : uint
{
    Null = 0,
    Number = 1,
    Bytes = 2,

    /// <summary>Address and count, of memory in the worker that can be fetched.</summary>
    Memory = 3,

    /// <summary>An address in the worker and the bytes to be copied there.</summary>
    Store = 4,
}
