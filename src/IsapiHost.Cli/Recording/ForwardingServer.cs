using System.Net;
using IsapiHost.Cli.Forwarding;
using IsapiHost.Cli.Hosting;
using IsapiHost.Mapping;
using IsapiHost.Testing;
using IsapiHost.Testing.Messages;
using IsapiHost.Testing.Sending;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace IsapiHost.Cli.Recording;

/// <summary>
/// Passes requests on to a server and its responses back. Request bodies are taken whole before they are passed on, responses are passed
/// on while they come. Upgrades (WebSocket) and logins that belong to a connection (NTLM) do not go through.
/// </summary>
/// <remarks>
/// Not <see cref="SiteForwarder"/>, only parts of it: that one introduces itself to the site (X-Forwarded-For, Host), streams requests
/// and speaks HTTP/2. Here the target is to see what it would see without a recorder, and what it got is to be the same when it is sent
/// again.
/// </remarks>
internal sealed class ForwardingServer : IDisposable
{
    private const int LongestRequestBody = 512 * 1024 * 1024;

    // What is made anew for the target; Accept-Encoding is left out so that bodies can be read.
    private static readonly HashSet<string> _notForwarded = new(StringComparer.OrdinalIgnoreCase)
    {
        "Host", "Content-Length", "Accept-Encoding", "Expect", "Proxy-Authorization",
    };

    private readonly HttpMessageInvoker _client;
    private readonly Uri _target;
    private readonly Action<Exchange, string> _record;

    private ForwardingServer(Uri target, ServerTrust trust, Action<Exchange, string> record)
    {
        _client = new HttpMessageInvoker(PlainHttpHandler.Create(trust));
        _target = target;
        _record = record;
    }

    /// <param name="target">Where requests go.</param>
    /// <param name="trust">Which of its certificates are accepted.</param>
    /// <param name="urls">Where to listen.</param>
    /// <param name="record">Is told of each exchange, with the address that the client used; by several threads at once.</param>
    public static WebApplication Create(Uri target, ServerTrust trust, string[] urls, Action<Exchange, string> record)
    {
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.AddKestrel(urls);
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Limits.MaxRequestBodySize = LongestRequestBody);
        ForwardingServer server = new(target, trust, record);
        WebApplication app = builder.Build();
        app.Lifetime.ApplicationStopped.Register(server.Dispose);
        app.Run(server.ForwardAsync);
        return app;
    }

    public void Dispose() => _client.Dispose();

    private async Task ForwardAsync(HttpContext context)
    {
        string target = RequestTarget.Of(context).ToString();
        byte[] body = await ReadBodyAsync(context);
        KeyValuePair<string, string>[] headers = [.. Forwarded(context.Request)];
        using HttpRequestMessage request = Request(context.Request.Method, target, headers, body);
        HttpResponseMessage? response = null;
        ReceivedResponse head;
        try
        {
            response = await _client.SendAsync(request, context.RequestAborted);
            head = Head(context, response);
        }
        catch (HttpRequestException e)
        {
            response?.Dispose();
            context.Response.Clear();
            await RefuseAsync(context, e);
            return;
        }

        using (response)
        {
            using BodyCopy copy = new();
            Stream site = ForwardedHead.HasBody(response.StatusCode)
            ? await response.Content.ReadAsStreamAsync(context.RequestAborted)
            : Stream.Null;
            await copy.CopyAsync(site, context.Response.Body, context.RequestAborted);
            Exchange exchange = new(context.Request.Method, target, headers, body, head with { Body = copy.Content }, copy.IsWhole);
            _record(exchange, $"{context.Request.Scheme}://{context.Request.Host}");
        }
    }

    private HttpRequestMessage Request(string method, string target, KeyValuePair<string, string>[] headers, byte[] body)
    {
        HttpRequestMessage request = new(new HttpMethod(method), ForwardedTarget.Of(_target.GetLeftPart(UriPartial.Authority), target));
        if (body.Length > 0 || headers.Any(h => h.Key.StartsWith("Content-", StringComparison.OrdinalIgnoreCase)))
        {
            request.Content = new ByteArrayContent(body);
        }

        foreach ((string name, string value) in headers)
        {
            if (!request.Headers.TryAddWithoutValidation(name, value))
            {
                request.Content?.Headers.TryAddWithoutValidation(name, value);
            }
        }

        return request;
    }

    private static async Task<byte[]> ReadBodyAsync(HttpContext context)
    {
        using MemoryStream body = new();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        return body.ToArray();
    }

    private static IEnumerable<KeyValuePair<string, string>> Forwarded(HttpRequest request) => request.Headers
        .Where(h => !h.Key.StartsWith(':') && !_notForwarded.Contains(h.Key)
                && !HopByHopHeaders.Contains(h.Key, request.Headers.Connection))
        .SelectMany(h => h.Value, (h, value) => KeyValuePair.Create(h.Key, value ?? ""));

    /// <summary>Sets status and headers of the response, and gives what is recorded of them.</summary>
    private static ReceivedResponse Head(HttpContext context, HttpResponseMessage response)
    {
        ForwardedHead.Set(context, response);
        return new ReceivedResponse(
            (int)response.StatusCode, response.ReasonPhrase ?? "",
            [.. response.Headers.NonValidated.Concat(response.Content.Headers.NonValidated)
                .SelectMany(h => h.Value, (h, value) => KeyValuePair.Create(h.Key, value))],
            ReadOnlyMemory<byte>.Empty);
    }

    private async Task RefuseAsync(HttpContext context, HttpRequestException e)
    {
        context.Response.StatusCode = (int)HttpStatusCode.BadGateway;
        context.Response.ContentType = "text/plain; charset=utf-8";
        var remedy = e.HttpRequestError == HttpRequestError.SecureConnectionError
            ? "Name its certificate with --cacert FILE, or accept any with --insecure."
            : "Start it, or correct --target.";
        var sentence = $"{_target} cannot be reached ({FailureText.Of(e)}). {remedy}";
        Output.ErrorOutput.Write([sentence]);
        await context.Response.WriteAsync(sentence + "\n", context.RequestAborted);
    }
}
