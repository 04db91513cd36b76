using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using Microsoft.Win32.SafeHandles;

namespace IsapiHost.Transport.Files.Windows;

/// <summary>One call of TransmitFile: a range of a file to a socket inside the kernel of Windows, while no thread of the pool waits for it.</summary>
[SupportedOSPlatform("windows")]
internal sealed unsafe partial class TransmitFileCall
{
    // TransmitFile takes 2^31 - 2 bytes at most.
    private const int MaxStep = 1 << 30;
    private const int ErrorIoPending = 997;

    private readonly SafeSocketHandle _socket;
    private readonly PrivateOverlapped _overlapped;
    private readonly TaskCompletionSource<long> _sent = new();
    private CancellationTokenRegistration _closed;

    private TransmitFileCall(SafeSocketHandle socket, long offset)
    {
        _socket = socket;
        _overlapped = new PrivateOverlapped(offset);
    }

    /// <summary>Sends up to <paramref name="length"/> bytes, at most a GiB; 0 when this file cannot be sent this way.</summary>
    /// <exception cref="SocketException">It failed after any number of bytes, or the connection was <paramref name="closed"/>.</exception>
    public static ValueTask<long> SendAsync(
        SafeSocketHandle socket, SafeFileHandle file, long offset, long length, CancellationToken closed) =>
        new TransmitFileCall(socket, offset).StartAsync(file, (uint)Math.Min(length, MaxStep), closed);

    private ValueTask<long> StartAsync(SafeFileHandle file, uint length, CancellationToken closed)
    {
        var pending = false;
        try
        {
            if (TransmitFile(_socket, file, length, 0, _overlapped.Native, 0, 0))
            {
                return new ValueTask<long>(_overlapped.Count);
            }

            pending = Marshal.GetLastPInvokeError() == ErrorIoPending;
            if (!pending)
            {
                return new ValueTask<long>(0);
            }

            _closed = closed.UnsafeRegister(static call => ((TransmitFileCall)call!).Cancel(), this);
            ThreadPool.UnsafeRegisterWaitForSingleObject(
                _overlapped.Ended, static (call, _) => ((TransmitFileCall)call!).End(), this, Timeout.Infinite, executeOnlyOnce: true);
            return new ValueTask<long>(_sent.Task);
        }
        finally
        {
            if (!pending)
            {
                _overlapped.Dispose();
            }
        }
    }

    private void Cancel()
    {
        try
        {
            CancelIoEx(_socket, _overlapped.Native);
        }
        catch (ObjectDisposedException)
        {
            // Closing the socket has cancelled it.
        }
    }

    private void End()
    {
        // Waits for Cancel, which uses what is freed next.
        _closed.Dispose();
        var (succeeded, count) = (_overlapped.Succeeded, _overlapped.Count);
        _overlapped.Dispose();
        if (succeeded)
        {
            _sent.SetResult(count);
        }
        else
        {
            _sent.SetException(new SocketException((int)SocketError.ConnectionAborted));
        }
    }

    [LibraryImport("kernel32")]
    private static partial int CancelIoEx(SafeHandle file, NativeOverlapped* overlapped);

    [LibraryImport("mswsock", SetLastError = true)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static partial bool TransmitFile(
        SafeHandle socket, SafeHandle file, uint bytes, uint bytesPerSend, NativeOverlapped* overlapped, nint aroundFile, uint flags);
}
