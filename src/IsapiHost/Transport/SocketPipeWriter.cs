using System.Buffers;
using System.IO.Pipelines;
using System.Net.Sockets;
using IsapiHost.Transport.Files;

namespace IsapiHost.Transport;

/// <summary>
/// The output of a connection: a pipe whose other end sends on the thread that flushes, and a place where an extension's memory or a file can
/// go out without a copy, behind what Kestrel has written so far.
/// </summary>
/// <remarks>One writer at a time, as with every pipe; <see cref="SendAsync"/> keeps to that since it is called in the response's turn.</remarks>
internal sealed class SocketPipeWriter : PipeWriter
{
    // Kestrel counts the bytes that it believes to write here; they go out past it.
    private static readonly byte[] _scratch = GC.AllocateUninitializedArray<byte>(4096, pinned: true);

    private readonly Pipe _pipe;
    private readonly PipeWriter _writer;
    private readonly SendLoop _loop;
    private bool _counting;

    /// <param name="socket">The connection's socket; not blocking.</param>
    /// <param name="maxUnsent">How many bytes may wait before a flush waits as well; null for any number.</param>
    /// <param name="closed">Raised when the client takes nothing any more, before a flush says so.</param>
    /// <param name="failedInHost">Told of failures that are not the connection's.</param>
    public SocketPipeWriter(Socket socket, long? maxUnsent, ConnectionClosedSignal closed, Action<Exception> failedInHost)
    {
        var threshold = maxUnsent ?? 0;
        _pipe = new Pipe(new PipeOptions(
            BlockPool.Instance,
            readerScheduler: PipeScheduler.Inline,
            writerScheduler: PipeScheduler.ThreadPool,
            pauseWriterThreshold: threshold,
            resumeWriterThreshold: threshold / 2,
            useSynchronizationContext: false));
        _writer = _pipe.Writer;
        Progress = new SendProgress(socket);
        _loop = new SendLoop(_pipe.Reader, new SocketSend(socket, Progress), closed, failedInHost);
    }

    public override bool CanGetUnflushedBytes => true;

    public override long UnflushedBytes => _writer.UnflushedBytes;

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
        var flushed = _writer.FlushAsync(cancellationToken);
        _loop.Send();
        return flushed;
    }

    public override void CancelPendingFlush() => _writer.CancelPendingFlush();

    public override void Complete(Exception? exception = null)
    {
        _writer.Complete(exception);
        _loop.Send();
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
