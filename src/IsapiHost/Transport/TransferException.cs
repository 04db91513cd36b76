using IsapiHost.Interop;

namespace IsapiHost.Transport;

/// <summary>A transfer cannot go on, for a reason that the extension is told as its last error.</summary>
internal sealed class TransferException(Win32Error error, string message) : IOException(message)
{
    /// <summary>Not the number of a Win32 error that means success.</summary>
    public Win32Error Error { get; } = error;
}
