using IsapiHost.Interop;

namespace IsapiHost.Tracing;

/// <summary>One call between host and extension, in either direction.</summary>
/// <param name="Name">What was called: <c>HttpExtensionProc</c>, <c>WriteClient</c>, <c>TRANSMIT_FILE</c> (a request of ServerSupportFunction), <c>completion</c>.</param>
/// <param name="Arguments">In readable form, bounded, secrets masked.</param>
/// <param name="Result">What came of it: TRUE, FALSE, an HSE_STATUS, a value; empty while the call had not come back.</param>
/// <param name="LastError">The Win32 last error of a call that failed, else 0.</param>
/// <param name="Thread">The operating system's id of the thread.</param>
/// <param name="At">Milliseconds from the start of the request.</param>
/// <param name="Milliseconds">How long it took; for a call that had not come back, until the trace was ended.</param>
/// <param name="Inside">The position, among the calls of the trace, of the call on whose stack this one was made; null for none.</param>
/// <param name="Completes">For a completion, the position of the call that had started the asynchronous operation.</param>
public sealed record TracedCall(
    string Name, string Arguments, string Result, uint LastError, int Thread, double At, double Milliseconds, int? Inside = null, int? Completes = null);
