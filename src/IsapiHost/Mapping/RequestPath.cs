using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace IsapiHost.Mapping;

/// <summary>
/// The path of a request as mapping and variables see it: with the path base, decoded exactly once and free of dot segments by the server.
/// <c>%2F</c> is still text in it and must stay so.
/// </summary>
internal static class RequestPath
{
    public static string Of(HttpContext context)
    {
        var path = context.Request.Path.Value;
        var pathBase = context.Request.PathBase.Value;

        if (!string.IsNullOrEmpty(pathBase))
        {
            return pathBase + path;
        }

        if (!string.IsNullOrEmpty(path))
        {
            return path;
        }

        // OPTIONS * has no path at all.
        return context.Features.Get<IHttpRequestFeature>()?.RawTarget == "*" ? "*" : "/";
    }
}
