using System.Net.Sockets;
using System.Runtime.InteropServices;
using IsapiHost.Transport.Files.Windows;
using Microsoft.Win32.SafeHandles;

namespace IsapiHost.Transport.Files;

/// <summary>Bytes from a file to a socket inside the kernel.</summary>
internal static partial class KernelFileSend
{
    // What sendfile(2) takes at most in one call.
    private const int MaxStep = 0x7FFF_F000;

    /// <summary>Whether files go this way unless <see cref="IsapiResponseOptions.KernelFileTransfer"/> says otherwise.</summary>
    public static bool IsAdvisable { get; } = !OperatingSystem.IsWindows() || WindowsEdition.IsServer;

    /// <summary>
    /// Sends up to <paramref name="length"/> bytes: on Linux what the socket has room for, without waiting, on Windows all unless it is very
    /// much. 0 when there is no room, or the system or the file does not allow it.
    /// </summary>
    /// <exception cref="SocketException">It failed after any number of bytes, or the connection was <paramref name="closed"/>.</exception>
    public static ValueTask<long> SendAsync(
        SafeSocketHandle socket, SafeFileHandle file, long offset, long length, CancellationToken closed) =>
        OperatingSystem.IsWindows() ? TransmitFileCall.SendAsync(socket, file, offset, length, closed)
        : OperatingSystem.IsLinux() && nint.Size == 8 ? new ValueTask<long>(Send(socket, file, offset, length))
        : new ValueTask<long>(0);

    private static long Send(SafeSocketHandle socket, SafeFileHandle file, long offset, long length)
    {
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
