using System.Buffers;
using System.IO.Pipelines;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using IsapiHost.Transport.Files;

namespace IsapiHost.Transport;

/// <summary>
/// The output of a connection, sending on its socket itself: no pipe and no second thread in between, and a place where an extension's
/// memory or a file can go out without a copy, behind what Kestrel has written so far.
/// </summary>
/// <remarks>Kestrel writes from one thread at a time; <see cref="SendAsync"/> keeps to that since it is called in the response's turn.</remarks>
internal sealed class SocketPipeWriter : PipeWriter
{
    private const int SegmentSize = 16 * 1024;

    // Kestrel counts the bytes that it believes to write here; they have gone out already.
    private static readonly byte[] s_scratch = GC.AllocateUninitializedArray<byte>(4096, pinned: true);

    private readonly Socket _socket;
    private readonly SocketSend _send;
    private readonly CancellationToken _closed;
    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly List<ArraySegment<byte>> _full = [];
    private readonly List<ArraySegment<byte>> _fullAndMore = [];
    private byte[]? _tail;
    private int _tailCount;
    private long _unflushed;
    private bool _counting;
    private bool _failed;

    /// <param name="socket">The connection's socket.</param>
    /// <param name="closed">Is cancelled when the client has gone.</param>
    public SocketPipeWriter(Socket socket, CancellationToken closed)
    {
        _closed = closed;
        _socket = socket;
        _send = new SocketSend(socket);
    }

    public override bool CanGetUnflushedBytes => true;

    public override long UnflushedBytes => _unflushed;

    public override void Advance(int bytes)
    {
        if (_counting)
        {
            return;
        }

        _tailCount += bytes;
        _unflushed += bytes;
    }

    public override Memory<byte> GetMemory(int sizeHint = 0)
    {
        if (_counting)
        {
            return s_scratch;
        }

        if (_tail is null || _tail.Length - _tailCount < Math.Max(sizeHint, 1))
        {
            NextSegment(sizeHint);
        }

        return _tail.AsMemory(_tailCount);
    }

    public override Span<byte> GetSpan(int sizeHint = 0) => GetMemory(sizeHint).Span;

    public override ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken = default)
    {
        if (_unflushed == 0 || _failed)
        {
            return new ValueTask<FlushResult>(new FlushResult(isCanceled: false, isCompleted: _failed));
        }

        var sent = SendAsync(default);
        return sent.IsCompletedSuccessfully
            ? new ValueTask<FlushResult>(new FlushResult(isCanceled: false, isCompleted: !sent.Result))
            : Await(sent);

        static async ValueTask<FlushResult> Await(ValueTask<bool> sent) => new(isCanceled: false, isCompleted: !await sent);
    }

    /// <summary>Sends what was written and then <paramref name="direct"/>; false when the client is gone.</summary>
    public ValueTask<bool> SendAsync(ReadOnlyMemory<byte> direct)
    {
        if (!_turn.Wait(0))
        {
            return WaitAndSendAsync(direct);
        }

        return SendInTurnAsync(direct);
    }

    /// <summary>Sends what was written and then a range of a file, by the kernel; false when the client is gone.</summary>
    public async ValueTask<bool> SendFileAsync(FileSource file, long offset, long length)
    {
        if (_unflushed > 0 && !await SendAsync(default))
        {
            return false;
        }

        await _turn.WaitAsync();
        try
        {
            return Sent(await _send.SendFileAsync(file, offset, length, _closed));
        }
        catch (Exception e) when (IsEndOfConnection(e))
        {
            return Sent(SocketError.OperationAborted);
        }
        catch
        {
            Sent(SocketError.Fault);
            throw;
        }
    }

    /// <summary>While true, what Kestrel writes is only counted.</summary>
    public void SetCounting(bool counting) => _counting = counting;

    // The connection is closed by its owner; a send that is under way fails then.
    public override void CancelPendingFlush()
    {
    }

    public override void Complete(Exception? exception = null)
    {
        _failed = true;
        if (_turn.Wait(0))
        {
            // Otherwise a send still reads them; they are left to the garbage collector.
            ReturnSegments();
            _turn.Release();
        }

    }

    private async ValueTask<bool> WaitAndSendAsync(ReadOnlyMemory<byte> direct)
    {
        await _turn.WaitAsync();
        return await SendInTurnAsync(direct);
    }

    private ValueTask<bool> SendInTurnAsync(ReadOnlyMemory<byte> direct)
    {
        ValueTask<SocketError> written;
        try
        {
            if (_unflushed > 0 && _full.Count == 0 && !direct.IsEmpty)
            {
                direct = SendTogether(direct);
                if (direct.IsEmpty)
                {
                    return new ValueTask<bool>(Sent(SocketError.Success));
                }
            }

            // The head and an array behind it fit into one call.
            if (_unflushed > 0 && MemoryMarshal.TryGetArray(direct, out var array) && array.Count > 0)
            {
                written = SendWritten(array);
                direct = default;
            }
            else
            {
                written = SendWritten(default);
            }
        }
        catch (Exception e) when (IsEndOfConnection(e))
        {
            return new ValueTask<bool>(Sent(SocketError.OperationAborted));
        }

        return !written.IsCompletedSuccessfully ? AwaitWritten(written, direct)
            : written.Result is var error && (error != SocketError.Success || direct.IsEmpty) ? new ValueTask<bool>(Sent(error))
            : SendDirectAsync(direct);
    }

    private async ValueTask<bool> AwaitWritten(ValueTask<SocketError> written, ReadOnlyMemory<byte> direct)
    {
        var error = await written;
        return error == SocketError.Success && !direct.IsEmpty ? await SendDirectAsync(direct) : Sent(error);
    }

    private async ValueTask<bool> SendDirectAsync(ReadOnlyMemory<byte> direct)
    {
        try
        {
            return Sent(await _send.SendAsync(direct));
        }
        catch (Exception e) when (IsEndOfConnection(e))
        {
            return Sent(SocketError.OperationAborted);
        }
    }

    /// <summary>What was written and the direct bytes by one system call, as far as the socket has room; returns what is left of the latter.</summary>
    private ReadOnlyMemory<byte> SendTogether(ReadOnlyMemory<byte> direct)
    {
        var sent = VectoredWrite.Send(_socket.SafeHandle, _tail.AsSpan(0, _tailCount), direct.Span);
        if (sent < _tailCount)
        {
            _tail.AsSpan(sent, _tailCount - sent).CopyTo(_tail);
            _tailCount -= sent;
            _unflushed -= sent;
            return direct;
        }

        direct = direct[(sent - _tailCount)..];
        _tailCount = 0;
        _unflushed = 0;
        return direct;
    }

    private ValueTask<SocketError> SendWritten(ArraySegment<byte> more)
    {
        if (_unflushed == 0)
        {
            return new ValueTask<SocketError>(SocketError.Success);
        }

        _unflushed = 0;
        if (_full.Count == 0 && more.Count == 0)
        {
            return _send.SendAsync(_tail.AsMemory(0, _tailCount));
        }

        if (_tailCount > 0)
        {
            _full.Add(new ArraySegment<byte>(_tail!, 0, _tailCount));
            _tail = null;
            _tailCount = 0;
        }

        if (more.Count == 0)
        {
            return _send.SendAsync(_full);
        }

        _fullAndMore.AddRange(_full);
        _fullAndMore.Add(more);
        return _send.SendAsync(_fullAndMore);
    }

    private bool Sent(SocketError error)
    {
        _failed |= error != SocketError.Success;
        ReturnSegments();
        _turn.Release();
        return !_failed;
    }

    private static bool IsEndOfConnection(Exception e) => e is ObjectDisposedException or SocketException or InvalidOperationException;

    private void NextSegment(int sizeHint)
    {
        if (_tailCount > 0)
        {
            _full.Add(new ArraySegment<byte>(_tail!, 0, _tailCount));
        }
        else if (_tail is not null)
        {
            ArrayPool<byte>.Shared.Return(_tail);
        }

        _tail = ArrayPool<byte>.Shared.Rent(Math.Max(sizeHint, SegmentSize));
        _tailCount = 0;
    }

    private void ReturnSegments()
    {
        foreach (var segment in _full)
        {
            ArrayPool<byte>.Shared.Return(segment.Array!);
        }

        _full.Clear();
        _fullAndMore.Clear();
        if (_tail is not null)
        {
            ArrayPool<byte>.Shared.Return(_tail);
            _tail = null;
            _tailCount = 0;
        }
    }
}
