namespace IsapiHost.Tracing;

/// <summary>What a correct extension never does; docs/tracing.md lists the same.</summary>
/// <param name="Name">Stable: scripts and tests rely on it.</param>
/// <param name="Sentence">What the extension did.</param>
internal sealed record ViolationRule(string Name, string Sentence)
{
    public static ViolationRule SessionNeverFinished { get; } = new(
        "session-never-finished", "The request was pending and was not finished with HSE_REQ_DONE_WITH_SESSION.");

    public static ViolationRule FinishedTwice { get; } = new(
        "finished-twice", "HSE_REQ_DONE_WITH_SESSION was called for a request that was finished already.");

    public static ViolationRule UsedAfterEnd { get; } = new(
        "used-after-end", "A callback was called with the ConnID of a request that was over.");

    public static ViolationRule CallAfterTermination { get; } = new(
        "call-after-termination", "A callback was called after TerminateExtension.");

    public static ViolationRule SecondAsynchronousOperation { get; } = new(
        "second-asynchronous-operation", "An asynchronous operation was started while another one of the request was outstanding.");

    public static ViolationRule WriteAfterFinalSend { get; } = new(
        "write-after-final-send", "Something was sent although the answer was ended by a final send, a disconnection or a redirect.");

    public static ViolationRule ControlBlockOverwritten { get; } = new(
        "control-block-overwritten", "The control block or its strings were changed; only dwHttpStatusCode and lpszLogData belong to the extension.");

    public static ViolationRule HeadSentTwice { get; } = new(
        "head-sent-twice", "A response head was sent although a head or a part of the body was sent before.");

    public static ViolationRule HeadMalformed { get; } = new(
        "head-malformed", "The response head was not well formed and had to be repaired.");

    public static ViolationRule ContentLengthMismatch { get; } = new(
        "content-length-mismatch", "Content-Length did not name the number of bytes that were written.");

    public static ViolationRule ExtensionThreadBlocked { get; } = new(
        "extension-thread-blocked", "HttpExtensionProc held its thread for long without calling the host or returning HSE_STATUS_PENDING.");

    public static ViolationRule BufferChanged { get; } = new(
        "buffer-changed-before-completion", "The buffer of an asynchronous write was changed or freed before the operation was completed.");

    public static ViolationRule ResourceGrowth { get; } = new(
        "resource-growth", "Handles or memory were not given back: the process grew with each request.");

    public static IReadOnlyList<ViolationRule> All { get; } =
    [
        SessionNeverFinished, FinishedTwice, UsedAfterEnd, CallAfterTermination, SecondAsynchronousOperation, WriteAfterFinalSend,
        ControlBlockOverwritten, HeadSentTwice, HeadMalformed, ContentLengthMismatch, ExtensionThreadBlocked,
        BufferChanged, ResourceGrowth,
    ];
}
