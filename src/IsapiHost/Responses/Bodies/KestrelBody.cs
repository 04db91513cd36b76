using System.IO.Pipelines;
using IsapiHost.Transport;
using IsapiHost.Transport.Files;
using Microsoft.AspNetCore.Http;

namespace IsapiHost.Responses.Bodies;

/// <summary>The body as the server writes it: TLS, HTTP/2 and later, middleware that has wrapped it, and everything small.</summary>
internal sealed class KestrelBody : IBodySink
{
    /// <summary>
    /// Kestrel copies whatever one write gives it before it looks at the client's pace: in pieces, a single write of many megabytes
    /// takes no more memory than a small one. (Wine loses a send of more than 1,024 of Kestrel's 4 KiB segments, too.)
    /// </summary>
    private const int LargestPiece = 256 * 1024;

    private HttpContext _context = null!;

    public void Initialize(HttpContext context) => _context = context;

    public async ValueTask WriteAsync(ReadOnlyMemory<byte> data)
    {
        do
        {
            var piece = data[..Math.Min(data.Length, LargestPiece)];
            var result = await (piece.IsEmpty ? FlushHeadAsync() : _context.Response.BodyWriter.WriteAsync(piece));
            if (result.IsCompleted || result.IsCanceled || _context.RequestAborted.IsCancellationRequested)
            {
                throw new ClientGoneException();
            }

            data = data[piece.Length..];
        }
        while (!data.IsEmpty);
    }

    public ValueTask WriteFileAsync(FileSource file, long offset, long length) => FileCopy.SendAsync(file, offset, length, WriteAsync);

    // Kestrel completes the response when the pipeline is over.
    public ValueTask CompleteAsync() => default;

    private async ValueTask<FlushResult> FlushHeadAsync()
    {
        await _context.Response.StartAsync();
        return await _context.Response.BodyWriter.FlushAsync();
    }
}
