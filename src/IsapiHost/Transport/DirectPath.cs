using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using IsapiHost.Requests;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;

namespace IsapiHost.Transport;

/// <summary>Whether, and how, the body of a response can go to the socket past Kestrel, which only counts it.</summary>
internal static class DirectPath
{
    /// <summary>
    /// The output to use, or null: HTTP/2 and /3 (frames), TLS (records), a body that other middleware has wrapped, raw filters
    /// that want to see the bytes, or another transport than ours.
    /// </summary>
    public static SocketPipeWriter? Find(HttpContext context)
    {
        var features = context.Features;
        return features.Get<SocketPipeWriter>() is { } output
            && context.Request.IsHttp1()
            && features.Get<ITlsHandshakeFeature>() is null
            && features.Get<IRawFilterFeature>() is null
            && ReferenceEquals(features.Get<IHttpResponseBodyFeature>(), features.Get<IHttpResponseFeature>())
            ? output
            : null;
    }

    /// <summary>Tells Kestrel that bytes of the body were written, so that its framing and its log agree with the wire.</summary>
    public static void Count(HttpContext context, SocketPipeWriter output, long bytes)
    {
        output.SetCounting(true);
        try
        {
            var writer = context.Response.BodyWriter;
            for (var left = bytes; left > 0;)
            {
                var step = (int)Math.Min(left, int.MaxValue);
                writer.GetMemory(1);
                writer.Advance(step);
                left -= step;
            }
        }
        finally
        {
            output.SetCounting(false);
        }
    }

    /// <summary>
    /// Takes the watch over slow clients from Kestrel, which would see no progress in what it only counts: for the rest of this response the
    /// transport looks after the least rate that was set, whoever set it.
    /// </summary>
    public static void TakeWatch(HttpContext context, SocketPipeWriter output)
    {
        if (context.Features.Get<IHttpMinResponseDataRateFeature>() is { MinDataRate: { } least } feature)
        {
            output.Progress.Minimum = least;
            feature.MinDataRate = null;
        }
    }

    /// <summary>The response is over: Kestrel looks after the next one.</summary>
    public static void ReturnWatch(SocketPipeWriter output) => output.Progress.Minimum = null;
}
