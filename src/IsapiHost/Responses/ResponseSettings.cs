namespace IsapiHost.Responses;

/// <summary>What <see cref="IsapiOptions"/> says about responses, fixed at start.</summary>
/// <param name="BufferLimit">Bytes held back per request.</param>
/// <param name="StrictKeepConnection">Close whenever the extension did not ask to keep the connection, as IIS 6 did.</param>
/// <param name="TextAsHtml">Whether text without any head is sent as text/html with status 200.</param>
/// <param name="KernelFileTransfer">Whether files are sent inside the kernel where that is possible.</param>
internal sealed record ResponseSettings(int BufferLimit, bool StrictKeepConnection, bool TextAsHtml, bool KernelFileTransfer);
