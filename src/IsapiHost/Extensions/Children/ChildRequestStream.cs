using IsapiHost.Extensions.Uploads;
using IsapiHost.Interop;
using Microsoft.AspNetCore.Http;

namespace IsapiHost.Extensions.Children;

/// <summary>The body of a child request that is the parent's: what the host has read ahead of it, then what the client still sends.</summary>
internal sealed class ChildRequestStream(RequestBody body, byte[] readAhead) : Stream
{
    private ReadOnlyMemory<byte> _readAhead = readAhead;
    private volatile bool _isOver;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (!_readAhead.IsEmpty)
        {
            var count = Math.Min(buffer.Length, _readAhead.Length);
            _readAhead[..count].CopyTo(buffer);
            _readAhead = _readAhead[count..];
            return count;
        }

        // The parent's body may be that of another request by now.
        ObjectDisposedException.ThrowIf(_isOver, this);
        var result = await body.ReadAsync(buffer);
        return result.Error == Win32Error.SUCCESS ? (int)result.Bytes
            : body.RejectedStatus is { } status ? throw new BadHttpRequestException("The body of the request was refused.", status)
            : throw new IOException("The client has left in the middle of its request.");
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) =>
        ReadAsync(buffer.AsMemory(offset, count)).AsTask().GetAwaiter().GetResult();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        _isOver = true;
        base.Dispose(disposing);
    }
}
