using System.Net.Http.Headers;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace IsapiHost.Cli.Forwarding;

/// <summary>The headers of a forwarded request, after YARP has copied the client's.</summary>
internal static class ForwardedHeaders
{
    private static readonly HashSet<string> _own = new(StringComparer.OrdinalIgnoreCase) { "Host", "Content-Length", "Expect", "Cookie" };

    /// <summary>Makes them what the site is to get.</summary>
    public static void Complete(HttpContext context, HttpRequestMessage request, ForwardOptions options)
    {
        SetLength(context, request);
        AddRest(context.Request, request);
        AddClient(context, request.Headers);
        request.Headers.Host = options.ForwardKeepsHost && context.Request.Host.HasValue ? context.Request.Host.Value : null;
        request.Headers.Remove("TE");
        if (HopByHopHeaders.HasToken(context.Request.Headers.TE, "trailers"))
        {
            request.Headers.TryAddWithoutValidation("TE", "trailers");
        }

        if (options.ForwardVia)
        {
            request.Headers.TryAddWithoutValidation("Via", $"{Version(context.Request.Protocol)} isapihost");
        }
    }

    // Kestrel has decided where the body ends: the site is told exactly that, whatever headers say (a filter may have written them).
    private static void SetLength(HttpContext context, HttpRequestMessage request)
    {
        if (context.Features.Get<IHttpRequestBodyDetectionFeature>()?.CanHaveBody is false)
        {
            if (request.Content is { } empty)
            {
                empty.Headers.ContentLength = 0;
            }
        }
        else if (context.Request.Headers.TransferEncoding.Count > 0)
        {
            request.Content?.Headers.Remove("Content-Length");
        }
    }

    private static void AddRest(HttpRequest request, HttpRequestMessage message)
    {
        foreach (var (name, values) in request.Headers)
        {
            if (HopByHopHeaders.Contains(name, request.Headers.Connection))
            {
                Remove(message.Headers, name);
                Remove(message.Content?.Headers, name);
            }
            else if (!name.StartsWith(':') && !_own.Contains(name) && !IsThere(message, name))
            {
                // YARP leaves out some that are for the site, such as Upgrade-Insecure-Requests. What a filter wrote must stay one header.
                foreach (var value in values)
                {
                    _ = value is null || value.AsSpan().ContainsAny('\r', '\n', '\0')
                || message.Headers.TryAddWithoutValidation(name, value);
                }
            }
        }

        // HTTP/2 sends crumbs; HTTP/1.1 knows one line.
        if (request.Headers.Cookie.Count > 1 && message.Headers.Remove("Cookie"))
        {
            message.Headers.TryAddWithoutValidation("Cookie", string.Join("; ", request.Headers.Cookie.AsEnumerable()));
        }
    }

    // .NET refuses the names of request headers for contents, and the other way round.
    private static void Remove(HttpHeaders? headers, string name)
    {
        if (headers?.NonValidated.Contains(name) is true)
        {
            headers.Remove(name);
        }
    }

    private static bool IsThere(HttpRequestMessage message, string name) =>
        message.Headers.NonValidated.Contains(name) || message.Content?.Headers.NonValidated.Contains(name) is true;

    private static void AddClient(HttpContext context, HttpRequestHeaders headers)
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
