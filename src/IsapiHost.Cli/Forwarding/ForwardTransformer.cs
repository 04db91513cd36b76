using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Yarp.ReverseProxy.Forwarder;

namespace IsapiHost.Cli.Forwarding;

/// <summary>
/// What YARP's forwarder is told to do otherwise, for one request: pass the target on as it came, tell the site of the client, keep what
/// belongs to a connection on it, send the response's head before its body, and mend or refuse odd responses.
/// </summary>
/// <param name="options">What is kept and added.</param>
/// <param name="isUpgrade">Whether the client asks to go on in another protocol.</param>
/// <param name="upgraded">Called when the site agrees to that.</param>
internal sealed class ForwardTransformer(ForwardOptions options, bool isUpgrade, Action upgraded) : HttpTransformer
{
    private const long LargeBody = 1024 * 1024;

    private ForwardedBody? _body;

    /// <summary>Bytes of the response's body that have come from the site.</summary>
    public long BytesReceived => _body?.BytesRead ?? 0;

    public override async ValueTask TransformRequestAsync(
        HttpContext httpContext, HttpRequestMessage proxyRequest, string destinationPrefix, CancellationToken cancellationToken)
    {
        await base.TransformRequestAsync(httpContext, proxyRequest, destinationPrefix, cancellationToken);
        ForwardedHeaders.Complete(httpContext, proxyRequest, options);
        SetExpectation(httpContext, proxyRequest);
        if (isUpgrade)
        {
            UpgradeRequest.AddTo(proxyRequest, httpContext);
        }

        proxyRequest.RequestUri = ForwardedTarget.Of(destinationPrefix, Mapping.RequestTarget.Of(httpContext));
    }

    /// <exception cref="HttpRequestException">The response cannot be passed on: YARP answers 502.</exception>
    public override ValueTask<bool> TransformResponseAsync(
        HttpContext httpContext, HttpResponseMessage? proxyResponse, CancellationToken cancellationToken)
    {
        if (proxyResponse is null)
        {
            return ValueTask.FromResult(false);
        }

        if (proxyResponse.StatusCode == HttpStatusCode.SwitchingProtocols)
        {
            if (!isUpgrade)
            {
                throw new HttpRequestException("it changed to a protocol that was not asked for");
            }

            upgraded();
        }

        ForwardedHead.Set(httpContext, proxyResponse);
        if (!ForwardedHead.HasBody(proxyResponse.StatusCode))
        {
            return ValueTask.FromResult(proxyResponse.StatusCode == HttpStatusCode.SwitchingProtocols);
        }

        _body = new ForwardedBody(proxyResponse.Content, httpContext.Response);
        proxyResponse.Content = _body;
        return ValueTask.FromResult(true);
    }

    public override ValueTask TransformResponseTrailersAsync(
        HttpContext httpContext, HttpResponseMessage proxyResponse, CancellationToken cancellationToken)
    {
        if (httpContext.Response.SupportsTrailers())
        {
            foreach (var (name, values) in proxyResponse.TrailingHeaders.NonValidated)
            {
                // A trailer that frames or routes would be a way around the checks of the head (RFC 9110, 6.5.1).
                if (!HopByHopHeaders.Contains(name, default)
                    && !name.Equals("Content-Length", StringComparison.OrdinalIgnoreCase)
                && !name.Equals("Host", StringComparison.OrdinalIgnoreCase))
                {
                    httpContext.Response.AppendTrailer(name, values.Select(ForwardedHead.WithoutControls).ToArray());
                }
            }
        }

        return ValueTask.CompletedTask;
    }

    // Kestrel asks the client for its body when that is first read, which is when the site has asked for it. A site that takes no large
    // bodies can say so before it gets one.
    private static void SetExpectation(HttpContext context, HttpRequestMessage request)
    {
        var hasBody = context.Features.Get<IHttpRequestBodyDetectionFeature>()?.CanHaveBody is not false;
        var isAsked = context.Request.Headers.Expect.Count > 0 || request.Content?.Headers.ContentLength >= LargeBody;
        request.Headers.Remove("Expect");
        request.Headers.ExpectContinue = hasBody && isAsked ? true : null;
    }
}
