using System.Diagnostics.CodeAnalysis;
using IsapiHost.Interop;
using Microsoft.AspNetCore.Connections;

namespace IsapiHost.Transport;

/// <summary>The Win32 error that an extension sees when its transfer fails.</summary>
internal static class TransferError
{
    /// <summary>False for failures that are not the connection's: those are the host's own and must be logged.</summary>
    [SuppressMessage("Style", "IDE0072", Justification = "The default arm is the answer for every other exception.")]
    public static bool TryGet(Exception exception, out uint error)
    {
        error = exception switch
        {
            ClientGoneException or ConnectionAbortedException or ConnectionResetException or OperationCanceledException => Win32Error.NETNAME_DELETED,
            IOException => Win32Error.NETNAME_DELETED,
            _ => Win32Error.SUCCESS,
        };
        return error != Win32Error.SUCCESS;
    }
}
