using IsapiHost.Requests;
using IsapiHost.Responses.Heads;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Primitives;

namespace IsapiHost.Responses;

/// <summary>Gives a head to the server.</summary>
internal static class HeadSender
{
    public static void Apply(ResponseHead head, in ResponseFraming framing, HttpContext context)
    {
        var response = context.Response;
        response.StatusCode = head.StatusCode;
        if (head.ReasonPhrase is { } reason && context.Request.IsHttp1())
        {
            context.Features.GetRequiredFeature<IHttpResponseFeature>().ReasonPhrase = reason;
        }

        foreach (var (name, value) in head.Headers)
        {
            Add(response.Headers, name, value);
        }

        if (framing.Body is BodyFraming.OwnChunks or BodyFraming.DirectChunks)
        {
            response.Headers.TransferEncoding = "chunked";
        }

        response.ContentLength = framing.ContentLength;
    }

    // What middleware in front of us has set (security headers, say) gives way, except where several values live together.
    private static void Add(IHeaderDictionary headers, string name, StringValues value)
    {
        if (string.Equals(name, "Set-Cookie", StringComparison.OrdinalIgnoreCase))
        {
            headers.Append(name, value);
        }
        else
        {
            headers[name] = value;
        }
    }
}
