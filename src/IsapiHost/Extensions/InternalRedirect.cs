using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Routing;

namespace IsapiHost.Extensions;

/// <summary>Runs the application's pipeline again for another URL of this server (HSE_REQ_SEND_URL), as though the client had asked for it by GET.</summary>
internal sealed class InternalRedirect : IStartupFilter
{
    private const int DepthLimit = 12;

    private RequestDelegate? _pipeline;

    // Runs once at start and takes the whole pipeline; it puts nothing into it, so requests pay nothing.
    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        app.Use(pipeline =>
        {
            _pipeline = pipeline;
            return pipeline;
        });
        next(app);
    };

    /// <param name="context">A request whose response has not started.</param>
    /// <param name="url">An absolute path with or without a query, encoded as on the wire.</param>
    public async Task FollowAsync(HttpContext context, string url)
    {
        var depth = context.Features.Get<Depth>() ?? new Depth();
        context.Features.Set(depth);
        if (_pipeline is null || ++depth.Count > DepthLimit)
        {
            context.Response.StatusCode = StatusCodes.Status500InternalServerError;
            return;
        }

        var query = url.IndexOf('?', StringComparison.Ordinal);
        var path = query < 0 ? url : url[..query];
        var request = context.Request;
        request.Method = HttpMethods.Get;
        request.PathBase = default;
        request.Path = PathString.FromUriComponent(path);
        request.QueryString = query < 0 ? default : new QueryString(url[query..]);
        request.ContentLength = null;
        request.Headers.TransferEncoding = default;
        request.RouteValues.Clear();
        context.SetEndpoint(null);
        context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget = url;
        context.Features.Set<IHttpRequestBodyDetectionFeature>(NoBody.Instance);
        await _pipeline(context);
    }

    private sealed class Depth
    {
        public int Count { get; set; }
    }

    private sealed class NoBody : IHttpRequestBodyDetectionFeature
    {
        public static readonly NoBody Instance = new();

        public bool CanHaveBody => false;
    }
}
