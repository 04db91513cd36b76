using System.Diagnostics.CodeAnalysis;
using IsapiHost.Interop;

namespace IsapiHost.Transport;

/// <summary>The Win32 error that an extension sees when its transfer fails.</summary>
internal static class TransferError
{
    /// <summary>False for failures that are not the transfer's: those are the host's own and must be logged.</summary>
    [SuppressMessage("Style", "IDE0072", Justification = "The default arm is the answer for every other exception.")]
    public static bool TryGet(Exception exception, out Win32Error error)
    {
        error = exception switch
        {
            TransferException transfer => transfer.Error,

            // Kestrel and sockets tell of a client that has left by all of these.
            IOException or OperationCanceledException => Win32Error.NETNAME_DELETED,
            _ => Win32Error.SUCCESS,
        };
        return error != Win32Error.SUCCESS;
    }
}
