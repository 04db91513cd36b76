namespace IsapiHost.Extensions;

/// <summary>How native code left a request.</summary>
internal enum CallOutcome
{
    /// <summary>HSE_STATUS_SUCCESS, SUCCESS_AND_KEEP_CONN, or 0, which extensions return and mean success.</summary>
    Success,

    /// <summary>HSE_STATUS_ERROR, or a value that is none.</summary>
    Error,

    /// <summary>The extension ended the thread that ran it.</summary>
    ThreadLost,

    /// <summary>It did not come to an end before the host had to.</summary>
    Abandoned,
}
