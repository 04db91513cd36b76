using System.Net;
using Microsoft.AspNetCore.Http;

namespace IsapiHost.Cli.Forwarding;

/// <summary>
/// The body of a site's response. Where the first piece is not there yet, the client gets the head without it: the body may come much
/// later.
/// </summary>
internal sealed class ForwardedBody : HttpContent
{
    private readonly HttpContent _content;
    private readonly HttpResponse _response;

    /// <param name="content">What came from the site.</param>
    /// <param name="response">The response to the client, whose head is set.</param>
    public ForwardedBody(HttpContent content, HttpResponse response)
    {
        _content = content;
        _response = response;
    }

    /// <summary>How much of it was read.</summary>
    public long BytesRead { get; private set; }

    protected override async Task<Stream> CreateContentReadStreamAsync() => new HeadFirst(this, await _content.ReadAsStreamAsync());

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => _content.CopyToAsync(stream, context);

    protected override bool TryComputeLength(out long length)
    {
        length = 0;
        return false;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _content.Dispose();
        }

        base.Dispose(disposing);
    }

    private sealed class HeadFirst(ForwardedBody body, Stream site) : StreamOfPieces
    {
        public override bool CanRead => true;

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            var read = site.ReadAsync(buffer, cancellationToken);
            if (!read.IsCompleted && !body._response.HasStarted)
            {
                await body._response.StartAsync(cancellationToken);
                await body._response.BodyWriter.FlushAsync(cancellationToken);
            }

            var count = await read;
            body.BytesRead += count;
            return count;
        }

        protected override void Dispose(bool disposing)
        {
            if (disposing)
            {
                site.Dispose();
            }

            base.Dispose(disposing);
        }
    }
}
