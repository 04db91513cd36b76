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

    // Of memory that has to wait for room: each piece that was taken is a sign of life of the client.
    private const int PieceSize = 256 * 1024;

    private readonly Socket _socket;
    private readonly SendProgress _progress;
    private readonly List<ArraySegment<byte>> _list = [];
    private ManualResetValueTaskSourceCore<SocketError> _completion;

    /// <param name="socket">Not blocking.</param>
    /// <param name="progress">Told of what is sent.</param>
    public SocketSend(Socket socket, SendProgress progress)
        : base(true)
    {
        _socket = socket;
        _progress = progress;
        _completion.RunContinuationsAsynchronously = false;
    }

    /// <summary>Sends as much of both as the socket has room for, without waiting.</summary>
    public long SendNow(in ReadOnlySequence<byte> first, ReadOnlyMemory<byte> last) =>
        OperatingSystem.IsLinux() ? VectoredWrite.Send(_socket.SafeHandle, first, last) : 0;

    /// <summary>Whether memory can be the last piece of a send that waits; <see cref="SendNow"/> takes any.</summary>
    public static bool CanGather(ReadOnlyMemory<byte> last) => !OperatingSystem.IsLinux() && MemoryMarshal.TryGetArray(last, out _);

    /// <summary>Sends all of both.</summary>
    public ValueTask<SocketError> SendAsync(in ReadOnlySequence<byte> first, ReadOnlyMemory<byte> last)
    {
        if (first.IsSingleSegment && last.IsEmpty)
        {
            return SendAsync(first.First);
        }

        _list.Clear();
        foreach (var memory in first)
        {
            Add(memory);
        }

        if (!last.IsEmpty)
        {
            Add(last);
        }

        SetBuffer(null, 0, 0);
        BufferList = _list;
        return Start(first.Length + last.Length);

        void Add(ReadOnlyMemory<byte> memory) => _list.Add(MemoryMarshal.TryGetArray(memory, out var array) ? array : memory.ToArray());
    }

    /// <summary>Sends all of it.</summary>
    public ValueTask<SocketError> SendAsync(ReadOnlyMemory<byte> data)
    {
        if (data.Length > PieceSize)
        {
            return SendPiecesAsync(data);
        }

        BufferList = null;
        SetBuffer(MemoryMarshal.AsMemory(data));
        return Start(data.Length);
    }

    /// <summary>Sends a range of a file by the kernel; the extension's position in it stays as it is.</summary>
    /// <exception cref="FileTransferException">The file is shorter now, or cannot be read.</exception>
    public async ValueTask<SocketError> SendFileAsync(FileSource file, long offset, long length, CancellationToken closed)
    {
        var buffer = default(byte[]);
        try
        {
            while (length > 0)
            {
                var step = Math.Min(length, _progress.Step);
                _progress.Allow(step);
                var sent = await KernelFileSend.SendAsync(_socket.SafeHandle, file.Handle, offset, step, closed);
                offset += sent;
                length -= sent;
                if (sent == step)
                {
                    continue;
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

    private async ValueTask<SocketError> SendPiecesAsync(ReadOnlyMemory<byte> data)
    {
        var error = SocketError.Success;
        while (data.Length > 0 && error == SocketError.Success)
        {
            var piece = data[..Math.Min(data.Length, PieceSize)];
            error = await SendAsync(piece);
            data = data[piece.Length..];
        }

        return error;
    }

    private ValueTask<SocketError> Start(long bytes)
    {
        _progress.Allow(bytes);
        return _socket.SendAsync(this) ? new ValueTask<SocketError>(this, _completion.Version) : new ValueTask<SocketError>(SocketError);
    }
}
