using System.Buffers;
using System.IO.Pipelines;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace IsapiHost.Filters;

/// <summary>
/// Stands between whoever answers and the server while filters want ACCESS_DENIED: a 401 is held back until they have seen it, and dropped
/// when one of them answers in its place. Everything else passes at once.
/// </summary>
internal sealed class AccessDeniedBodyFeature : PipeWriter, IHttpResponseBodyFeature
{
    private readonly FilterRequest _request;
    private readonly IHttpResponseBodyFeature _server;
    private ArrayBufferWriter<byte>? _held;
    private Stream? _stream;
    private bool _decided;
    private bool _drops;

    private AccessDeniedBodyFeature(FilterRequest request, IHttpResponseBodyFeature server)
    {
        _request = request;
        _server = server;
    }

    public Stream Stream => _stream ??= AsStream(leaveOpen: true);

    public PipeWriter Writer => this;

    public override bool CanGetUnflushedBytes => _server.Writer.CanGetUnflushedBytes;

    public override long UnflushedBytes => _server.Writer.UnflushedBytes + (_held?.WrittenCount ?? 0);

    public static void Put(HttpContext context, FilterRequest request)
    {
        var server = context.Features.GetRequiredFeature<IHttpResponseBodyFeature>();
        context.Features.Set<IHttpResponseBodyFeature>(new AccessDeniedBodyFeature(request, server));
    }

    public void DisableBuffering() => _server.DisableBuffering();

    public async Task StartAsync(CancellationToken cancellationToken = default)
    {
        await DecideAsync();
        if (!_drops)
        {
            await _server.StartAsync(cancellationToken);
        }
    }

    public async Task SendFileAsync(string path, long offset, long? count, CancellationToken cancellationToken = default)
    {
        await DecideAsync();
        if (!_drops)
        {
            await _server.SendFileAsync(path, offset, count, cancellationToken);
        }
    }

    public async Task CompleteAsync()
    {
        await DecideAsync();
        await _server.CompleteAsync();
    }

    public override Memory<byte> GetMemory(int sizeHint = 0) => HoldsBack ? Held.GetMemory(sizeHint) : _server.Writer.GetMemory(sizeHint);

    public override Span<byte> GetSpan(int sizeHint = 0) => HoldsBack ? Held.GetSpan(sizeHint) : _server.Writer.GetSpan(sizeHint);

    public override void Advance(int bytes)
    {
        if (HoldsBack)
        {
            Held.Advance(bytes);
        }
        else
        {
            _server.Writer.Advance(bytes);
        }
    }

    public override async ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken = default)
    {
        await DecideAsync();
        return _drops ? default : await _server.Writer.FlushAsync(cancellationToken);
    }

    public override async ValueTask<FlushResult> WriteAsync(ReadOnlyMemory<byte> source, CancellationToken cancellationToken = default)
    {
        await DecideAsync();
        return _drops ? default : await _server.Writer.WriteAsync(source, cancellationToken);
    }

    public override void CancelPendingFlush() => _server.Writer.CancelPendingFlush();

    public override void Complete(Exception? exception = null) => _server.Writer.Complete(exception);

    private bool HoldsBack => _drops || (!_decided && IsDenial);

    private bool IsDenial => _request.Context.Response is { HasStarted: false, StatusCode: StatusCodes.Status401Unauthorized };

    private ArrayBufferWriter<byte> Held => _held ??= new ArrayBufferWriter<byte>();

    private async ValueTask DecideAsync()
    {
        if (_decided)
        {
            return;
        }

        // Set first: what a filter sends instead comes through here as well.
        _decided = true;
        if (!IsDenial)
        {
            return;
        }

        var replaced = await _request.ReplaceDenialAsync();
        if (replaced)
        {
            _drops = true;
        }
        else if (_held is { WrittenCount: > 0 } held)
        {
            _held = null;
            _server.Writer.Write(held.WrittenSpan);
        }
    }
}
