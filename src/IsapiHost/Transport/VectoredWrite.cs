using System.Buffers;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace IsapiHost.Transport;

/// <summary>Pieces of memory to a socket by one system call.</summary>
[SupportedOSPlatform("linux")]
internal static unsafe partial class VectoredWrite
{
    private const int MaxPieces = 8;

    /// <summary>Sends as much as the socket has room for, without waiting; 0 when it has none or is broken.</summary>
    public static long Send(SafeSocketHandle socket, in ReadOnlySequence<byte> first, ReadOnlyMemory<byte> last)
    {
        var pieces = stackalloc IoVector[MaxPieces];
        var pins = new Pins();
        var count = 0;
        try
        {
            foreach (var memory in first)
            {
                if (count == MaxPieces)
                {
                    break;
                }

                pieces[count] = new IoVector(pins.Pin(count, memory), memory.Length);
                count++;
            }

            if (!last.IsEmpty && count < MaxPieces)
            {
                pieces[count] = new IoVector(pins.Pin(count, last), last.Length);
                count++;
            }

            return Math.Max(0, Write(socket, pieces, count));
        }
        finally
        {
            for (var i = 0; i < count; i++)
            {
                pins[i].Dispose();
            }
        }
    }

    // ssize_t writev(int fd, const struct iovec *iov, int iovcnt); a broken connection gives an error, .NET ignores SIGPIPE.
    [LibraryImport("libc", EntryPoint = "writev")]
    private static partial nint Write(SafeHandle socket, IoVector* pieces, int count);

    /// <summary>struct iovec.</summary>
    private readonly struct IoVector(void* start, nint length)
    {
        public readonly void* Start = start;
        public readonly nint Length = length;
    }

    [System.Runtime.CompilerServices.InlineArray(MaxPieces)]
    private struct Pins
    {
        private MemoryHandle _first;

        public void* Pin(int index, ReadOnlyMemory<byte> memory) => (this[index] = memory.Pin()).Pointer;
    }
}
