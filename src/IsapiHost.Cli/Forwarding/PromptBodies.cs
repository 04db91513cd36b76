using System.Net;

namespace IsapiHost.Cli.Forwarding;

/// <summary>
/// Sends each piece of a request's body to the site when it has come. YARP does that for gRPC only; otherwise the client's library keeps
/// small pieces back until more follows, which may depend on the site having seen them.
/// </summary>
internal sealed class PromptBodies(HttpMessageHandler site) : DelegatingHandler(site)
{
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (request.Content is { } body && body.Headers.ContentLength is not 0)
        {
            request.Content = new PromptContent(body);
        }

        return base.SendAsync(request, cancellationToken);
    }

    private sealed class PromptContent : HttpContent
    {
        private readonly HttpContent _body;

        public PromptContent(HttpContent body)
        {
            _body = body;
            foreach (var (name, values) in body.Headers.NonValidated)
            {
                Headers.TryAddWithoutValidation(name, values);
            }
        }

        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
            SerializeToStreamAsync(stream, context, CancellationToken.None);

        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken) =>
            _body.CopyToAsync(new PromptStream(stream), context, cancellationToken);

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }

        protected override void Dispose(bool disposing)
        {
            if (disposing)
            {
                _body.Dispose();
            }

            base.Dispose(disposing);
        }
    }

    private sealed class PromptStream(Stream site) : StreamOfPieces
    {
        public override bool CanWrite => true;

        public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            await site.WriteAsync(buffer, cancellationToken);
            await site.FlushAsync(cancellationToken);
        }

        public override Task FlushAsync(CancellationToken cancellationToken) => site.FlushAsync(cancellationToken);
    }
}
