using System.Buffers;
using System.Net;
using System.Net.Http.Headers;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace IsapiHost.Forwarding;

/// <summary>Gives the site's response to the client.</summary>
internal static class ForwardedResponse
{
    private const int BufferSize = 32 * 1024;

    /// <summary>Status and headers; nothing is sent yet.</summary>
    public static void SetHead(HttpContext context, HttpResponseMessage response)
    {
        context.Response.StatusCode = (int)response.StatusCode;
        context.Features.GetRequiredFeature<IHttpResponseFeature>().ReasonPhrase = response.ReasonPhrase;
        var connection = response.Headers.NonValidated.TryGetValues("Connection", out var named) ? named.ToArray() : [];

        // Chunks say where the body ends; a length beside them means nothing (RFC 9112, 6.3).
        var isChunked = response.Headers.TransferEncodingChunked is true;
        Copy(response.Headers, context.Response.Headers, connection, withLength: false);
        Copy(response.Content.Headers, context.Response.Headers, connection, withLength: !isChunked);
    }

    /// <summary>The body, piece by piece as it comes, then the trailers if the client's protocol has any.</summary>
    /// <returns>The number of bytes.</returns>
    public static async ValueTask<long> SendBodyAsync(HttpContext context, HttpResponseMessage response, Silence silence)
    {
        long sent = 0;
        var body = await response.Content.ReadAsStreamAsync(silence.Token);
        var buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
        try
        {
            while (true)
            {
                var read = body.ReadAsync(buffer, silence.Token);
                if (!read.IsCompleted && !context.Response.HasStarted)
                {
                    // The body may come much later: the client gets the head now.
                    await context.Response.StartAsync(silence.Token);
                    await context.Response.BodyWriter.FlushAsync(silence.Token);
                }

                var count = await read;
                if (count == 0)
                {
                    break;
                }

                silence.Break();
                await context.Response.BodyWriter.WriteAsync(buffer.AsMemory(0, count), silence.Token);
                silence.Break();
                sent += count;
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }

        SendTrailers(context.Response, response.TrailingHeaders);
        return sent;
    }

    private static void Copy(HttpHeaders from, IHeaderDictionary to, string[] connection, bool withLength)
    {
        foreach (var (name, values) in from.NonValidated)
        {
            if (HopByHopHeaders.Contains(name, connection) || (!withLength && name.Equals("Content-Length", StringComparison.OrdinalIgnoreCase)))
            {
                continue;
            }

            to[name] = values.Count == 1 ? values.ToString() : values.ToArray();
        }
    }

    private static void SendTrailers(HttpResponse to, HttpResponseHeaders trailers)
    {
        if (!to.SupportsTrailers())
        {
            return;
        }

        foreach (var (name, values) in trailers.NonValidated)
        {
            // A trailer that frames or routes would be a way around the checks of the head (RFC 9110, 6.5.1).
            if (!HopByHopHeaders.Contains(name, default)
                && !name.Equals("Content-Length", StringComparison.OrdinalIgnoreCase) && !name.Equals("Host", StringComparison.OrdinalIgnoreCase))
            {
                to.AppendTrailer(name, values.ToArray());
            }
        }
    }
}
