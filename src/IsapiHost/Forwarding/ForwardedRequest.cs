using System.Net;
using System.Net.Http.Headers;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Primitives;

namespace IsapiHost.Forwarding;

/// <summary>Makes the request to the site out of the client's.</summary>
internal static class ForwardedRequest
{
    private const long LargeBody = 1024 * 1024;

    /// <summary>The request, without its target.</summary>
    /// <param name="context">The client's request.</param>
    /// <param name="options">What is kept and added.</param>
    /// <param name="upgrade">The change of protocol that the client asks for, if any.</param>
    /// <param name="silence">Of this exchange.</param>
    public static HttpRequestMessage Create(HttpContext context, IsapiOptions options, UpgradeRequest? upgrade, Silence silence)
    {
        HttpRequestMessage message = new() { Method = upgrade?.Method ?? HttpMethod.Parse(context.Request.Method) };
        if (upgrade is null && context.Features.Get<IHttpRequestBodyDetectionFeature>()?.CanHaveBody is not false)
        {
            var length = AnnouncedLength(context.Request);
            message.Content = new ForwardedBody(context.Request.BodyReader, length, silence);

            // A site that takes no large bodies can say so before it gets one.
            message.Headers.ExpectContinue = length >= LargeBody ? true : null;
        }

        CopyHeaders(context.Request, message, options.ForwardKeepsHost);
        AddForwarded(context, message.Headers);
        if (HopByHopHeaders.HasToken(context.Request.Headers.TE, "trailers"))
        {
            message.Headers.TryAddWithoutValidation("TE", "trailers");
        }

        if (options.ForwardVia)
        {
            message.Headers.TryAddWithoutValidation("Via", $"{Version(context.Request.Protocol)} isapihost");
        }

        // Only a request that may be answered in HTTP/1.1 can change the protocol.
        message.Version = upgrade is null ? HttpVersion.Version20 : HttpVersion.Version11;
        message.VersionPolicy = upgrade is null ? HttpVersionPolicy.RequestVersionOrLower : HttpVersionPolicy.RequestVersionExact;
        upgrade?.AddTo(message.Headers);
        return message;
    }

    // Kestrel has decided where the body ends: the site is told exactly that, whatever headers say (a filter may have written them).
    private static long? AnnouncedLength(HttpRequest request) =>
        StringValues.IsNullOrEmpty(request.Headers.TransferEncoding) ? request.ContentLength : null;

    private static void CopyHeaders(HttpRequest request, HttpRequestMessage message, bool keepHost)
    {
        if (keepHost && request.Host.HasValue)
        {
            Add(message, "Host", request.Host.Value);
        }

        foreach (var (name, values) in request.Headers)
        {
            if (name.StartsWith(':') || name.Equals("Host", StringComparison.OrdinalIgnoreCase)
                || name.Equals("Content-Length", StringComparison.OrdinalIgnoreCase) || HopByHopHeaders.Contains(name, request.Headers.Connection))
            {
                continue;
            }

            if (name.Equals("Expect", StringComparison.OrdinalIgnoreCase))
            {
                // Kestrel tells the client to go on when its body is first read, which is when the site has asked for it.
                message.Headers.ExpectContinue = message.Content is not null;
            }
            else if (values.Count > 1 && name.Equals("Cookie", StringComparison.OrdinalIgnoreCase))
            {
                // HTTP/2 sends crumbs; HTTP/1.1 knows one line.
                Add(message, name, string.Join("; ", values.AsEnumerable()));
            }
            else
            {
                foreach (var value in values)
                {
                    Add(message, name, value);
                }
            }
        }
    }

    private static void Add(HttpRequestMessage message, string name, string? value)
    {
        // As with the target: what a filter wrote must stay one header.
        if (value is null || value.AsSpan().ContainsAny('\r', '\n', '\0') || message.Headers.TryAddWithoutValidation(name, value))
        {
            return;
        }

        // Content-Type and the like belong to a body, if only to an empty one.
        message.Content ??= new ByteArrayContent([]);
        message.Content.Headers.TryAddWithoutValidation(name, value);
    }

    private static void AddForwarded(HttpContext context, HttpRequestHeaders headers)
    {
        if (context.Connection.RemoteIpAddress is { } address)
        {
            Append(headers, "X-Forwarded-For", (address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address).ToString());
        }

        Append(headers, "X-Forwarded-Proto", context.Request.Scheme);
        if (context.Request.Host.HasValue)
        {
            Append(headers, "X-Forwarded-Host", context.Request.Host.Value);
        }
    }

    private static void Append(HttpRequestHeaders headers, string name, string value)
    {
        if (value.AsSpan().ContainsAny('\r', '\n', '\0'))
        {
            return;
        }

        if (headers.NonValidated.TryGetValues(name, out var earlier))
        {
            value = $"{string.Join(", ", earlier)}, {value}";
            headers.Remove(name);
        }

        headers.TryAddWithoutValidation(name, value);
    }

    private static string Version(string protocol) => protocol.StartsWith("HTTP/", StringComparison.Ordinal) ? protocol[5..] : protocol;
}
