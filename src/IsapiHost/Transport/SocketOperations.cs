using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace IsapiHost.Transport;

/// <summary>What is under way on a socket, sends and receives.</summary>
[SupportedOSPlatform("windows")]
internal static partial class SocketOperations
{
    /// <summary>
    /// Ends all of it, before the socket is closed. Windows does that when it closes a socket; Wine lets a send wait on for a client that takes
    /// nothing, and the extension with it.
    /// </summary>
    public static void Cancel(Socket socket)
    {
        try
        {
            CancelIoEx(socket.SafeHandle, 0);
        }
        catch (ObjectDisposedException)
        {
            // It is closed already.
        }
    }

    [LibraryImport("kernel32")]
    private static partial int CancelIoEx(SafeHandle file, nint overlapped);
}
