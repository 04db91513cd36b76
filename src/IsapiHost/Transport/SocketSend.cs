using System.Buffers;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Threading.Tasks.Sources;
using IsapiHost.Transport.Files;

namespace IsapiHost.Transport;

/// <summary>One send on a socket at a time, awaited without allocating.</summary>
internal sealed class SocketSend : SocketAsyncEventArgs, IValueTaskSource<SocketError>
{
    private const int CopySize = 16 * 1024;

    private readonly Socket _socket;
    private ManualResetValueTaskSourceCore<SocketError> _completion;

    public SocketSend(Socket socket)
        : base(true)
    {
        _socket = socket;
        _completion.RunContinuationsAsynchronously = false;
    }

    /// <summary>Sends all of it.</summary>
    public ValueTask<SocketError> SendAsync(ReadOnlyMemory<byte> data)
    {
        BufferList = null;
        SetBuffer(MemoryMarshal.AsMemory(data));
        return Start(_socket.SendAsync(this));
    }

    /// <summary>Sends all of them by one call.</summary>
    public ValueTask<SocketError> SendAsync(IList<ArraySegment<byte>> buffers)
    {
        SetBuffer(null, 0, 0);
        BufferList = buffers;
        return Start(_socket.SendAsync(this));
    }

    /// <summary>Sends a range of a file by the kernel; the extension's position in it stays as it is.</summary>
    public async ValueTask<SocketError> SendFileAsync(FileSource file, long offset, long length, CancellationToken closed)
    {
        var buffer = default(byte[]);
        try
        {
            while (length > 0)
            {
                var sent = await KernelFileSend.SendAsync(_socket.SafeHandle, file.Handle, offset, length, closed);
                offset += sent;
                length -= sent;
                if (length == 0)
                {
                    break;
                }

                // The socket is full (or the file cannot be sent this way): a copied piece waits for room like any other send.
                buffer ??= ArrayPool<byte>.Shared.Rent(CopySize);
                var count = file.Read(buffer.AsSpan(0, (int)Math.Min(length, CopySize)), offset);
                if (count == 0)
                {
                    throw new FileTransferException("The file became shorter while it was sent.");
                }

                var error = await SendAsync(buffer.AsMemory(0, count));
                if (error != SocketError.Success)
                {
                    return error;
                }

                offset += count;
                length -= count;
            }

            return SocketError.Success;
        }
        finally
        {
            if (buffer is not null)
            {
                ArrayPool<byte>.Shared.Return(buffer);
            }
        }
    }

    public SocketError GetResult(short token)
    {
        var error = _completion.GetResult(token);
        _completion.Reset();
        return error;
    }

    public ValueTaskSourceStatus GetStatus(short token) => _completion.GetStatus(token);

    public void OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _completion.OnCompleted(continuation, state, token, flags);

    protected override void OnCompleted(SocketAsyncEventArgs e) => _completion.SetResult(SocketError);

    private ValueTask<SocketError> Start(bool pending) =>
        pending ? new ValueTask<SocketError>(this, _completion.Version) : new ValueTask<SocketError>(SocketError);
}
