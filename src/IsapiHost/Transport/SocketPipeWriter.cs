using System.Buffers;
using System.IO.Pipelines;
using System.Net.Sockets;
using IsapiHost.Transport.Files;

namespace IsapiHost.Transport;

/// <summary>
/// The output of a connection: a pipe whose other end sends on the thread that flushes, and a place where an extension's memory or a file can
/// go out without a copy, behind what Kestrel has written so far.
/// </summary>
/// <remarks>
/// A flush that others follow at once is not sent by itself. On HTTP/2 these are the frames of other streams, under TLS the records behind
/// one that is full. One writer at a time, as with every pipe; <see cref="SendAsync"/> keeps to that since it is called in the response's turn.
/// </remarks>
internal sealed class SocketPipeWriter : PipeWriter
{
    // As much as Kestrel lets wait unless it is told otherwise.
    private const long MostGathered = 64 * 1024;

    // Kestrel counts the bytes that it believes to write here; they go out past it.
    private static readonly byte[] _scratch = GC.AllocateUninitializedArray<byte>(4096, pinned: true);

    private readonly Pipe _pipe;
    private readonly PipeWriter _writer;
    private readonly SendLoop _loop;
    private readonly long _mostGathered;
    private bool _counting;
    private long _gathered;

    /// <param name="socket">The connection's socket; not blocking.</param>
    /// <param name="maxUnsent">How many bytes may wait before a flush waits as well; null for any number.</param>
    /// <param name="closed">Raised when the client takes nothing any more, before a flush says so.</param>
    /// <param name="failedInHost">Told of failures that are not the connection's.</param>
    /// <param name="scheduler">Sends what was not sent by the flush itself; the thread pool outside tests.</param>
    public SocketPipeWriter(
        Socket socket, long? maxUnsent, ConnectionClosedSignal closed, Action<Exception> failedInHost, PipeScheduler? scheduler = null)
    {
        var threshold = maxUnsent ?? 0;

        // A flush that waits for room must have been sent.
        _mostGathered = Math.Min(MostGathered, maxUnsent ?? MostGathered);
        _pipe = new Pipe(new PipeOptions(
            BlockPool.Instance,
            readerScheduler: PipeScheduler.Inline,
            writerScheduler: PipeScheduler.ThreadPool,
            pauseWriterThreshold: threshold,
            resumeWriterThreshold: threshold / 2,
            useSynchronizationContext: false));
        _writer = _pipe.Writer;
        Progress = new SendProgress(socket);
        _loop = new SendLoop(_pipe.Reader, new SocketSend(socket, Progress), scheduler ?? PipeScheduler.ThreadPool, closed, failedInHost);
    }

    public override bool CanGetUnflushedBytes => true;

    public override long UnflushedBytes => _writer.UnflushedBytes;

    /// <summary>What stands between Kestrel and this.</summary>
    public OutputLayer Layer { get; set; }

    /// <summary>Whether the client takes what is sent fast enough.</summary>
    public SendProgress Progress { get; }

    /// <summary>Whether something is being sent at this moment.</summary>
    public bool IsSending => _loop.IsSending;

    /// <summary>Ends when all that was written before <see cref="Complete"/> was sent, or nothing more can be sent.</summary>
    public Task Ended => _loop.Ended;

    public override void Advance(int bytes)
    {
        if (!_counting)
        {
            _writer.Advance(bytes);
        }
    }

    public override Memory<byte> GetMemory(int sizeHint = 0) => _counting ? _scratch : _writer.GetMemory(sizeHint);

    public override Span<byte> GetSpan(int sizeHint = 0) => _counting ? _scratch : _writer.GetSpan(sizeHint);

    public override ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken = default)
    {
        var written = _writer.UnflushedBytes;
        var flushed = _writer.FlushAsync(cancellationToken);
        _gathered += written;
        if (_gathered >= _mostGathered || !IsGathered(written))
        {
            SendGathered();
        }

        return flushed;
    }

    public override void CancelPendingFlush() => _writer.CancelPendingFlush();

    public override void Complete(Exception? exception = null)
    {
        _writer.Complete(exception);
        _loop.Send();
    }

    /// <summary>Sends a full TLS record that a flush has left to the next one, should none have come; from any thread.</summary>
    public void SendForgotten()
    {
        // On HTTP/2 nothing is left to chance: what is gathered there is scheduled to be sent.
        if (Layer == OutputLayer.Tls && Volatile.Read(ref _gathered) > 0)
        {
            _loop.SendSoon();
        }
    }

    /// <summary>Sends what was written and then <paramref name="memory"/>; false when the client is gone.</summary>
    public ValueTask<bool> SendAsync(ReadOnlyMemory<byte> memory)
    {
        Commit();
        return _loop.SendAsync(memory);
    }

    /// <summary>Sends what was written and then a range of a file, by the kernel; false when the client is gone.</summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public ValueTask<bool> SendFileAsync(FileSource file, long offset, long length)
    {
        Commit();
        return _loop.SendFileAsync(file, offset, length);
    }

    /// <summary>While true, what Kestrel writes is only counted.</summary>
    public void SetCounting(bool counting) => _counting = counting;

    private bool IsGathered(long written)
    {
        if (Layer == OutputLayer.MultiplexedTls || _loop.IsHttp2)
        {
            // Frames of other streams are probably on their way.
            if (written > 0 && _loop.SendSoon())
            {
                _gathered = written;
            }

            return true;
        }

        // Kestrel gives SslStream a block at a time and flushes it at the end: what follows a full record is the next one, or nothing at all.
        return Layer == OutputLayer.Tls && written > BlockPool.BlockSize;
    }

    private void SendGathered()
    {
        _gathered = 0;
        _loop.Send();
    }

    // What follows waits for the socket in any case.
    private void Commit()
    {
        if (_writer.UnflushedBytes > 0)
        {
            var flushed = _writer.FlushAsync();
            if (flushed.IsCompleted)
            {
                flushed.GetAwaiter().GetResult();
            }
        }
    }
}
