using IsapiHost.Transport;

namespace IsapiHost.Extensions;

/// <summary>
/// The extension's side of one request: its control block, and the calls into the extension. What the extension calls in turn arrives at the
/// methods of <see cref="ExtensionRequest"/> and at <see cref="Support.SupportRequests"/>; docs/internals.md says which.
/// </summary>
/// <remarks>
/// <see cref="InProcess.InProcessExtension"/> is the one for a module in the memory of this process. One at a time of each: Open, TryStart, any
/// number of Complete, Close.
/// </remarks>
internal interface IExtensionSide
{
    /// <summary>dwHttpStatusCode, as the extension has left it.</summary>
    uint Status { get; }

    /// <summary>lpszLogData, bounded whatever the extension has put there; empty for none.</summary>
    string LogData { get; }

    /// <summary>Whether anything in the control block is other than at <see cref="Open"/> although it does not belong to the extension.</summary>
    bool IsControlBlockChanged { get; }

    /// <summary>Fills the control block; callbacks that name the connection id are let in from now on.</summary>
    /// <param name="connId">ConnID.</param>
    /// <param name="watched">Whether <see cref="IsControlBlockChanged"/> will be asked.</param>
    void Open(nint connId, bool watched);

    /// <summary>
    /// Lets HttpExtensionProc be called, and returns. Its end is told by <see cref="ExtensionRequest.Entered"/> before and
    /// <see cref="ExtensionRequest.Returned"/> or <see cref="ExtensionRequest.Lost"/> after the call.
    /// </summary>
    /// <returns>False when there is no room for one more call; nothing is told then.</returns>
    bool TryStart();

    /// <summary>
    /// Lets the completion function of the operation that has ended be called, and returns; never on the stack of the call that has begun the
    /// operation. <see cref="AsyncOperation.Take"/> gives function and result, <see cref="ExtensionRequest.CompletionReturned"/> ends it.
    /// </summary>
    void Complete();

    /// <summary>The request is over: what the control block points to may be used for another one.</summary>
    void Close();
}
