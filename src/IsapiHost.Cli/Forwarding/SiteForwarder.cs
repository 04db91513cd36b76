using System.Net;
using System.Security.Authentication;
using System.Text;
using IsapiHost.Diagnostics;
using IsapiHost.Mapping;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;
using Yarp.ReverseProxy.Forwarder;

namespace IsapiHost.Cli.Forwarding;

/// <summary>Passes requests on to a site and its responses back, both while they come, by YARP's forwarder.</summary>
internal sealed class SiteForwarder : IDisposable
{
    private static readonly ForwarderRequestConfig _upgrades = new()
    {
        // Only a request that may be answered in HTTP/1.1 can change the protocol, which then has its own rules for silence.
        Version = HttpVersion.Version11,
        VersionPolicy = HttpVersionPolicy.RequestVersionExact,
        ActivityTimeout = Timeout.InfiniteTimeSpan,
    };

    private readonly string _site;
    private readonly ForwardOptions _options;
    private readonly TimeSpan _timeout;
    private readonly ForwarderRequestConfig _requests;
    private readonly HttpMessageInvoker _client;
    private readonly IHttpForwarder _forwarder;
    private readonly ForwardLog _log;

    /// <param name="site">Scheme, host and port.</param>
    /// <param name="options">What the site gets, and how long it may take.</param>
    /// <param name="forwarder">YARP's.</param>
    /// <param name="loggers">For failures.</param>
    /// <exception cref="ArgumentException">
    /// The site is not an absolute http or https URL without a path, or <see cref="ForwardOptions.ForwardCertificates"/> names no
    /// certificates.
    /// </exception>
    public SiteForwarder(Uri site, ForwardOptions options, IHttpForwarder forwarder, ILoggerFactory loggers)
    {
        if (SiteAddress.FaultOf(site) is { } fault)
        {
            throw new ArgumentException($"\"{site}\" {fault}", nameof(site));
        }

        _site = site.GetLeftPart(UriPartial.Authority);
        _options = options;
        _timeout = options.ForwardTimeout > TimeSpan.Zero ? options.ForwardTimeout : Timeout.InfiniteTimeSpan;
        _requests = new ForwarderRequestConfig { ActivityTimeout = _timeout };
        _client = new HttpMessageInvoker(
            // The bytes of headers as they are, in both directions.
            new PromptBodies(SiteConnection.CreateHandler(site, Encoding.Latin1, SiteCertificates.Load(options.ForwardCertificates))));
        _forwarder = forwarder;
        _log = new ForwardLog(loggers);
    }

    public void Dispose() => _client.Dispose();

    /// <summary>Answers a request by the site.</summary>
    public async Task ForwardAsync(HttpContext context)
    {
        var isUpgrade = UpgradeRequest.IsOne(context);
        if (HttpMethods.IsConnect(context.Request.Method) && !isUpgrade)
        {
            // A tunnel to anywhere is what a proxy for browsers gives, not a site.
            context.Response.StatusCode = StatusCodes.Status405MethodNotAllowed;
        }
        else if (RequestTarget.Of(context) is not "*")
        {
            await ForwardAsync(context, isUpgrade);
        }
    }

    private async Task ForwardAsync(HttpContext context, bool isUpgrade)
    {
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            // Nothing is kept of it here; how much is too much is for the site to say.
            limit.MaxRequestBodySize = null;
        }

        using var untilUpgraded = new CancellationTokenSource(isUpgrade ? _timeout : Timeout.InfiniteTimeSpan);
        var transformer = new ForwardTransformer(_options, isUpgrade, () => untilUpgraded.CancelAfter(Timeout.InfiniteTimeSpan));
        var error = await _forwarder.SendAsync(
            context, _site, _client, isUpgrade ? _upgrades : _requests, transformer, untilUpgraded.Token);
        var bytes = transformer.BytesReceived;
        if (error != ForwarderError.None && !context.RequestAborted.IsCancellationRequested)
        {
            bytes = await ReportAsync(context, error, untilUpgraded.IsCancellationRequested);
        }

        context.Features.Get<RequestLogEntry>()?.Answered(bytes, status: 0, " forwarded");
    }

    private async ValueTask<long> ReportAsync(HttpContext context, ForwarderError error, bool isTooLate)
    {
        var (method, url) = (context.Request.Method, RequestTarget.Of(context).ToString());
        var failure = context.Features.Get<IForwarderErrorFeature>()?.Exception;
        if (context.Response.HasStarted)
        {
            if (error is not (ForwarderError.RequestBodyClient or ForwarderError.RequestBodyDestination
                or ForwarderError.RequestBodyCanceled)
                && context.Response.StatusCode != StatusCodes.Status101SwitchingProtocols)
            {
                // YARP has ended the connection, the only way left to say that this is not the whole response.
                _log.BrokeOff(method, url, _site, failure is OperationCanceledException ? "ForwardTimeout" : ReasonOf(failure));
            }

            return 0;
        }

        if (isTooLate)
        {
            context.Response.StatusCode = StatusCodes.Status504GatewayTimeout;
        }

        switch (context.Response.StatusCode)
        {
            case StatusCodes.Status504GatewayTimeout:
                _log.TimedOut(method, url, _site, _options.ForwardTimeout.TotalSeconds);
                return await AnswerAsync(context, "The site behind this host did not answer in time.\n");
            case StatusCodes.Status502BadGateway:
                _log.Failed(method, url, _site, ReasonOf(failure));
                return await AnswerAsync(context, "The site behind this host cannot be reached.\n");
            default:
                // The client's own fault, such as a body that stopped or that is no HTTP.
                return 0;
        }
    }

    private static async ValueTask<long> AnswerAsync(HttpContext context, string sentence)
    {
        context.Response.ContentType = "text/plain; charset=utf-8";
        context.Response.ContentLength = sentence.Length;
        if (HttpMethods.IsHead(context.Request.Method))
        {
            return 0;
        }

        await context.Response.WriteAsync(sentence, context.RequestAborted);
        return sentence.Length;
    }

    private static string ReasonOf(Exception? failure)
    {
        if (failure is AggregateException { InnerExceptions: [.., var last] })
        {
            // YARP tells of the client's side first.
            failure = last;
        }

        var reason = failure?.GetBaseException().Message.TrimEnd('.') ?? "no response";
        return failure?.InnerException is AuthenticationException
            ? $"{reason}; ForwardCertificates can name the certificate of the site or of its issuer"
            : reason;
    }
}
