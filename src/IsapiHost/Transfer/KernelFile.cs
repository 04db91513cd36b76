using System.Net.Sockets;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace IsapiHost.Transfer;

/// <summary>Bytes from a file to a socket inside the kernel.</summary>
internal static partial class KernelFile
{
    // What sendfile(2) takes at most in one call.
    private const int MaxStep = 0x7FFF_F000;

    /// <summary>Sends as much as the socket has room for, without waiting; 0 when it has none, or the system or the file does not allow it.</summary>
    public static long Send(SafeSocketHandle socket, SafeFileHandle file, long offset, long length)
    {
        if (!OperatingSystem.IsLinux() || nint.Size != 8)
        {
            return 0;
        }

        long total = 0;
        while (total < length)
        {
            var position = offset + total;
            var sent = SendFile(socket, file, ref position, (nint)Math.Min(length - total, MaxStep));
            if (sent <= 0)
            {
                break;
            }

            total += sent;
        }

        return total;
    }

    // ssize_t sendfile(int out_fd, int in_fd, off_t *offset, size_t count)
    [LibraryImport("libc", EntryPoint = "sendfile")]
    private static partial nint SendFile(SafeHandle socket, SafeHandle file, ref long offset, nint count);
}
