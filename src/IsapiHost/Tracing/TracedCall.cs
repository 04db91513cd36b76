using System.Diagnostics.CodeAnalysis;

namespace IsapiHost.Tracing;

/// <summary>One call between host and extension, in either direction. Immutable.</summary>
public sealed record TracedCall
{
    /// <summary>A call whose properties are set by an initializer.</summary>
    public TracedCall()
    {
    }

    [SetsRequiredMembers]
    internal TracedCall(
        string name, string arguments, string result, uint lastError, int thread, double at, double milliseconds, int? inside = null, int? completes = null)
    {
        Name = name;
        Arguments = arguments;
        Result = result;
        LastError = lastError;
        Thread = thread;
        At = at;
        Milliseconds = milliseconds;
        Inside = inside;
        Completes = completes;
    }

    /// <summary>What was called: <c>HttpExtensionProc</c>, <c>WriteClient</c>, <c>TRANSMIT_FILE</c> (a request of ServerSupportFunction), <c>completion</c>.</summary>
    public required string Name { get; init; }

    /// <summary>In readable form, bounded, secrets masked.</summary>
    public required string Arguments { get; init; }

    /// <summary>What came of it: TRUE, FALSE, an HSE_STATUS, a value; empty while the call had not come back.</summary>
    public required string Result { get; init; }

    /// <summary>The Win32 last error of a call that failed, else 0.</summary>
    public required uint LastError { get; init; }

    /// <summary>The operating system's id of the thread.</summary>
    public required int Thread { get; init; }

    /// <summary>Milliseconds from the start of the request.</summary>
    public required double At { get; init; }

    /// <summary>How long it took; for a call that had not come back, until the trace was ended.</summary>
    public required double Milliseconds { get; init; }

    /// <summary>The position, among the calls of the trace, of the call on whose stack this one was made; null for none.</summary>
    public int? Inside { get; init; }

    /// <summary>For a completion, the position of the call that had started the asynchronous operation.</summary>
    public int? Completes { get; init; }
}
