using System.Collections.Concurrent;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using Microsoft.Win32.SafeHandles;

namespace IsapiHost.Transport.Polling;

/// <summary>A thread that waits until sockets have something to receive (epoll(7), edge-triggered) and says so to their receives.</summary>
[SupportedOSPlatform("linux")]
internal sealed partial class SocketPoll : IDisposable
{
    private const int AtOnce = 256;
    private const int Add = 1; // EPOLL_CTL_ADD
    private const uint Input = 0x001; // EPOLLIN
    private const uint InputEnd = 0x2000; // EPOLLRDHUP
    private const uint End = InputEnd | 0x008 | 0x010; // EPOLLERR, EPOLLHUP; these two are reported whatever is asked for
    private const uint EdgeTriggered = 1u << 31; // EPOLLET
    private const int CloseOnExec = 0x80000; // EPOLL_CLOEXEC, EFD_CLOEXEC
    private const int Interrupted = 4; // EINTR

    // struct epoll_event is packed on x86 and x86-64 and nowhere else.
    private static readonly int _dataOffset = RuntimeInformation.ProcessArchitecture is Architecture.X64 or Architecture.X86 ? 4 : 8;
    private static readonly int _eventSize = _dataOffset + 8;

    // A descriptor that is closed leaves the poll by itself. One that has been given to another socket since an event was taken up
    // gives that one a false alarm, which does no harm.
    private readonly ConcurrentDictionary<int, PolledReceive> _receives = new();
    private readonly SafeFileHandle _poll;
    private readonly SafeFileHandle _wake;
    private int _disposed;

    public SocketPoll()
    {
        _poll = EpollCreate(CloseOnExec);
        _wake = EventFd(0, CloseOnExec);
        Register(Descriptor(_wake));
        new Thread(Run) { IsBackground = true, Name = "isapihost poll" }.UnsafeStart();
    }

    /// <summary>Receives on a socket, told whenever that gets something; to be closed before the socket is.</summary>
    /// <exception cref="SocketException">The system watches no more of them (fs.epoll.max_user_watches) or has no memory.</exception>
    public PolledReceive Watch(Socket socket, IReceiver receiver)
    {
        var descriptor = Descriptor(socket.SafeHandle);
        var receive = new PolledReceive(socket, receiver, closed => _receives.TryRemove(new(descriptor, closed)));
        _receives[descriptor] = receive;
        try
        {
            Register(descriptor);
        }
        catch (SocketException e)
        {
            receive.Close();
            throw new SocketException((int)SocketError.NoBufferSpaceAvailable, e.Message);
        }

        return receive;
    }

    /// <summary>Ends the thread, which then closes what it polls with. Kestrel disposes of its listeners more than once.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 0)
        {
            var one = 1L;
            Write(_wake, ref one, sizeof(long));
        }
    }

    private static int Descriptor(SafeHandle handle) => (int)handle.DangerousGetHandle();

    private static void ThrowIfFailed(int result)
    {
        if (result < 0)
        {
            throw new SocketException(Marshal.GetLastPInvokeError(), $"The socket could not be polled: {Marshal.GetLastPInvokeErrorMessage()}");
        }
    }

    private void Register(int descriptor)
    {
        Span<byte> item = stackalloc byte[_eventSize];
        item.Clear();
        MemoryMarshal.Write(item, Input | InputEnd | EdgeTriggered);
        MemoryMarshal.Write(item[_dataOffset..], descriptor);
        ThrowIfFailed(EpollControl(_poll, Add, descriptor, ref MemoryMarshal.GetReference(item)));
    }

    private void Run()
    {
        var events = GC.AllocateUninitializedArray<byte>(AtOnce * _eventSize, pinned: true);
        while (Tell(events))
        {
            // Lets those run first who got something to do: meanwhile more sockets become readable, and one turn serves them all.
            Thread.Yield();
        }

        _poll.Dispose();
        _wake.Dispose();
    }

    // One turn: waits for what is readable, and tells. False when it is the end.
    private bool Tell(byte[] events)
    {
        var count = EpollWait(_poll, ref events[0], AtOnce, -1);
        if (count < 0 && Marshal.GetLastPInvokeError() != Interrupted)
        {
            ThrowIfFailed(count);
        }

        var goesOn = true;
        for (var i = 0; i < count; i++)
        {
            var item = events.AsSpan(i * _eventSize);
            var descriptor = MemoryMarshal.Read<int>(item[_dataOffset..]);
            goesOn &= descriptor != Descriptor(_wake);
            if (_receives.TryGetValue(descriptor, out var receive))
            {
                receive.OnReadable(hasEnded: (MemoryMarshal.Read<uint>(item) & End) != 0);
            }
        }

        return goesOn;
    }

    [LibraryImport("libc", EntryPoint = "epoll_create1", SetLastError = true)]
    private static partial SafeFileHandle EpollCreate(int flags);

    [LibraryImport("libc", EntryPoint = "epoll_ctl", SetLastError = true)]
    private static partial int EpollControl(SafeFileHandle poll, int operation, int descriptor, ref byte item);

    [LibraryImport("libc", EntryPoint = "epoll_wait", SetLastError = true)]
    private static partial int EpollWait(SafeFileHandle poll, ref byte events, int most, int milliseconds);

    [LibraryImport("libc", EntryPoint = "eventfd", SetLastError = true)]
    private static partial SafeFileHandle EventFd(uint value, int flags);

    [LibraryImport("libc", EntryPoint = "write")]
    private static partial nint Write(SafeFileHandle file, ref long value, nint count);
}
