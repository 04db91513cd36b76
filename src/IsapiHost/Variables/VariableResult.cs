namespace IsapiHost.Variables;

/// <summary>What a call for a server variable came to.</summary>
internal enum VariableResult
{
    /// <summary>The value and its NUL were written.</summary>
    Found,

    /// <summary>The buffer cannot hold value and NUL; nothing was written. ERROR_INSUFFICIENT_BUFFER.</summary>
    TooSmall,

    /// <summary>No variable has this name, or no request header. ERROR_INVALID_INDEX.</summary>
    Unknown,

    /// <summary>The variable exists but has no value at this stage of the request. ERROR_NO_DATA.</summary>
    NoData,
}
