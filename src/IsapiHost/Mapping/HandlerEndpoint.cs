using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace IsapiHost.Mapping;

/// <summary>
/// The handler mapping of an endpoint: decides whether a URL is the endpoint's, and where the URL is cut. As endpoint routing does it leaves the path base
/// out, and the prefix of the route groups that the endpoint stands in. SCRIPT_NAME has both.
/// </summary>
internal sealed class HandlerEndpoint(HandlerMapping mapping, UrlDecoder decoder) : IRouteConstraint
{
    private int _groupSegments;

    public HandlerMapping Mapping => mapping;

    /// <summary>Whether the endpoint has a literal route, which no other endpoint of the application may have as well.</summary>
    public bool IsLiteral => mapping.Kind is HandlerMappingKind.Direct or HandlerMappingKind.Prefix;

    /// <summary>Is told the whole route once its groups are known.</summary>
    /// <param name="segments">How many segments the route has.</param>
    /// <param name="ownSegments">How many of them are of the endpoint's own pattern.</param>
    public void SetRoute(int segments, int ownSegments) => _groupSegments = segments - ownSegments;

    public bool TryMatch(HttpContext context, out HandlerMatch match)
    {
        var path = RequestPath.Of(context, decoder);
        var start = RequestPath.BaseLength(context, path);
        for (var i = 0; i < _groupSegments && start < path.Length; i++)
        {
            var slash = path.IndexOf('/', start + 1);
            start = slash < 0 ? path.Length : slash;
        }

        return mapping.TryMatch(path, out match, start);
    }

    public bool Match(HttpContext? httpContext, IRouter? route, string routeKey, RouteValueDictionary values, RouteDirection routeDirection) =>
        routeDirection == RouteDirection.UrlGeneration
        || (httpContext is not null
            && TryMatch(httpContext, out _)
            && httpContext.Features.Get<PassedMappings>()?.Contains(mapping) != true);
}
