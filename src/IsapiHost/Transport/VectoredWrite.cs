using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace IsapiHost.Transport;

/// <summary>Two pieces of memory to a socket by one system call.</summary>
internal static unsafe partial class VectoredWrite
{
    /// <summary>Sends as much as the socket has room for, without waiting; 0 when it has none or the system has no such call here.</summary>
    public static int Send(SafeSocketHandle socket, ReadOnlySpan<byte> first, ReadOnlySpan<byte> second)
    {
        if (!OperatingSystem.IsLinux())
        {
            return 0;
        }

        fixed (byte* firstStart = first, secondStart = second)
        {
            var pieces = stackalloc IoVector[2];
            pieces[0] = new IoVector(firstStart, first.Length);
            pieces[1] = new IoVector(secondStart, second.Length);
            return (int)Math.Max(0, WriteVector(socket, pieces, 2));
        }
    }

    // ssize_t writev(int fd, const struct iovec *iov, int iovcnt); a broken connection gives an error, .NET ignores SIGPIPE.
    [LibraryImport("libc", EntryPoint = "writev")]
    private static partial nint WriteVector(SafeHandle socket, IoVector* pieces, int count);

    /// <summary>struct iovec.</summary>
    private readonly struct IoVector(byte* start, nint length)
    {
        public readonly byte* Start = start;
        public readonly nint Length = length;
    }
}
