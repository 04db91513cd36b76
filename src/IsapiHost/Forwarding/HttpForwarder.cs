using System.Diagnostics;
using System.Security.Authentication;
using IsapiHost.Diagnostics;
using IsapiHost.Mapping;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;

namespace IsapiHost.Forwarding;

/// <summary>Passes requests on to a site and its responses back, both while they come.</summary>
internal sealed class HttpForwarder : IDisposable
{
    private readonly string _site;
    private readonly IsapiOptions _options;
    private readonly HttpMessageInvoker _client;
    private readonly ForwardLog _log;
    private readonly RequestLog _requests;

    /// <exception cref="ArgumentException">
    /// The site is not an absolute http or https URL without a path, or <see cref="IsapiOptions.ForwardCertificates"/> names no certificates.
    /// </exception>
    public HttpForwarder(Uri site, IsapiOptions options, RequestLog requests, ILoggerFactory loggers)
    {
        if (SiteAddress.FaultOf(site) is { } fault)
        {
            throw new ArgumentException($"\"{site}\" {fault}", nameof(site));
        }

        _site = site.GetLeftPart(UriPartial.Authority);
        _options = options;
        _client = new HttpMessageInvoker(SiteConnection.CreateHandler(site, options.RequestHeaderEncoding, SiteCertificates.Load(options.ForwardCertificates)));
        _log = new ForwardLog(loggers);
        _requests = requests;
    }

    public void Dispose() => _client.Dispose();

    /// <summary>Answers a request by the site.</summary>
    public async Task ForwardAsync(HttpContext context)
    {
        var started = Stopwatch.GetTimestamp();
        var upgrade = UpgradeRequest.Of(context);
        long sent = 0;
        if (HttpMethods.IsConnect(context.Request.Method) && upgrade is null)
        {
            // A tunnel to anywhere is what a proxy for browsers gives, not a site.
            context.Response.StatusCode = StatusCodes.Status405MethodNotAllowed;
        }
        else if (RequestTarget.Of(context) is not "*")
        {
            sent = await ForwardAsync(context, upgrade);
        }

        _requests.Forwarded(context, sent, started);
    }

    private async ValueTask<long> ForwardAsync(HttpContext context, UpgradeRequest? upgrade)
    {
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            // Nothing is kept of it here; how much is too much is for the site to say.
            limit.MaxRequestBodySize = null;
        }

        using Silence silence = new(_options.ForwardTimeout, context.RequestAborted);
        using var request = ForwardedRequest.Create(context, _options, upgrade, silence);
        request.RequestUri = ForwardedTarget.Of(_site, RequestTarget.Of(context));
        var body = request.Content as ForwardedBody;
        try
        {
            using var response = await _client.SendAsync(request, silence.Token);
            silence.Break();
            if (response.StatusCode is not System.Net.HttpStatusCode.SwitchingProtocols)
            {
                ForwardedResponse.SetHead(context, response);
                return await ForwardedResponse.SendBodyAsync(context, response, silence);
            }

            if (upgrade is null || !upgrade.IsAnsweredBy(response))
            {
                throw new HttpRequestException("it changed to a protocol that was not asked for");
            }

            ForwardedResponse.SetHead(context, response);
            var site = await response.Content.ReadAsStreamAsync(silence.Token);
            var client = await upgrade.AcceptAsync(response);
            silence.Allow();
            await ForwardedUpgrade.JoinAsync(client, site, silence);
        }
        catch (Exception e) when (e is HttpRequestException or IOException or OperationCanceledException)
        {
            return await RefuseAsync(context, silence, body?.ClientFault, e);
        }
        finally
        {
            await silence.EndAsync();
            if (body is not null)
            {
                await body.WaitUntilReleasedAsync();
            }
        }

        return 0;
    }

    private async ValueTask<long> RefuseAsync(HttpContext context, Silence silence, Exception? clientFault, Exception failure)
    {
        if (context.RequestAborted.IsCancellationRequested)
        {
            // The client has left: nobody is there to be told.
            return 0;
        }

        var (method, url) = (context.Request.Method, RequestTarget.Of(context).ToString());
        if (context.Response.HasStarted)
        {
            // The end of the connection is the only way left to say that this is not the whole response.
            _log.BrokeOff(method, url, _site, silence.WasTooLong ? "ForwardTimeout" : Reason(failure));
            context.Abort();
            return 0;
        }

        context.Response.Clear();
        if (clientFault is BadHttpRequestException fault)
        {
            context.Response.StatusCode = fault.StatusCode;
        }
        else if (clientFault is not null)
        {
            context.Abort();
        }
        else if (silence.WasTooLong || failure is OperationCanceledException)
        {
            // A cancellation that is not ours is the time-out of a connection attempt.
            _log.TimedOut(method, url, _site, _options.ForwardTimeout.TotalSeconds);
            return await AnswerAsync(context, StatusCodes.Status504GatewayTimeout, "The site behind this host did not answer in time.\n");
        }
        else
        {
            _log.Failed(method, url, _site, Reason(failure));
            return await AnswerAsync(context, StatusCodes.Status502BadGateway, "The site behind this host cannot be reached.\n");
        }

        return 0;
    }

    private static async ValueTask<long> AnswerAsync(HttpContext context, int status, string sentence)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "text/plain; charset=utf-8";
        context.Response.ContentLength = sentence.Length;
        if (HttpMethods.IsHead(context.Request.Method))
        {
            return 0;
        }

        await context.Response.WriteAsync(sentence, context.RequestAborted);
        return sentence.Length;
    }

    private static string Reason(Exception failure)
    {
        var reason = failure.GetBaseException().Message.TrimEnd('.');
        return failure.InnerException is AuthenticationException
            ? $"{reason}; ForwardCertificates can name the certificate of the site or of its issuer"
            : reason;
    }
}
