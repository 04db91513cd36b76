using IsapiHost.Extensions.Children;
using IsapiHost.Mapping;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace IsapiHost.Extensions;

/// <summary>
/// Answers a request by the content of another URL of this server (HSE_REQ_SEND_URL, error pages), as though the client had asked for it by GET.
/// </summary>
internal sealed class InternalRedirect(ApplicationPipeline pipeline)
{
    /// <param name="context">A request whose response has not started.</param>
    /// <param name="url">Where to.</param>
    /// <param name="status">The status of the answer whatever the page says, or null for the page's own.</param>
    public async Task FollowAsync(HttpContext context, LocalUrl url, int? status)
    {
        var depth = RequestDepth.Below(context);
        if (depth.IsTooDeep)
        {
            context.Response.StatusCode = StatusCodes.Status500InternalServerError;
            return;
        }

        if (status is { } kept)
        {
            context.Response.OnStarting(() =>
            {
                context.Response.StatusCode = kept;
                return Task.CompletedTask;
            });
        }

        using var rewritten = new RewrittenRequest(context, url, depth);
        await pipeline.RunAsync(context);
    }
}
