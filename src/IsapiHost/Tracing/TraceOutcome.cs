using System.Text.Json.Serialization;

namespace IsapiHost.Tracing;

/// <summary>How native code left a request; traces have the member's name.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<TraceOutcome>))]
public enum TraceOutcome
{
    /// <summary>HSE_STATUS_SUCCESS, HSE_STATUS_SUCCESS_AND_KEEP_CONN, or 0, which extensions return and mean success.</summary>
    Success,

    /// <summary>HSE_STATUS_ERROR, or a value that is none.</summary>
    Error,

    /// <summary>The extension ended the thread that ran it.</summary>
    ThreadLost,

    /// <summary>It did not come to an end before the host had to.</summary>
    Abandoned,
}
