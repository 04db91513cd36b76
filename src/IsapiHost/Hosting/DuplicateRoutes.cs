using IsapiHost.Mapping;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.Extensions.DependencyInjection;

namespace IsapiHost.Hosting;

/// <summary>Ends the start of an application that maps one path to two extensions: routing would find that out at each request, and answer with 500.</summary>
internal sealed class DuplicateRoutes(IServiceProvider services) : IStartupFilter
{
    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        next(app);
        Check(services.GetService<EndpointDataSource>()?.Endpoints ?? []);
    };

    private static void Check(IEnumerable<Endpoint> endpoints)
    {
        Dictionary<string, HandlerEndpoint> byRoute = new(StringComparer.OrdinalIgnoreCase);
        foreach (var endpoint in endpoints.OfType<RouteEndpoint>())
        {
            if (endpoint.Metadata.GetMetadata<HandlerEndpoint>() is not { IsLiteral: true } handler || IsLimited(endpoint))
            {
                continue;
            }

            var route = string.Concat(endpoint.RoutePattern.PathSegments.SkipLast(1).Select(Text));
            if (!byRoute.TryAdd(route, handler))
            {
                throw new InvalidOperationException(
                    $"MapIsapi: {route} is mapped to {byRoute[route].Mapping.ModulePath} and to {handler.Mapping.ModulePath}. "
                    + "Leave one out, or give it another path.");
            }
        }
    }

    // By host name or method two endpoints of one path can be told apart.
    private static bool IsLimited(Endpoint endpoint) =>
        endpoint.Metadata.GetMetadata<IHostMetadata>() is not null || endpoint.Metadata.GetMetadata<IHttpMethodMetadata>() is not null;

    private static string Text(RoutePatternPathSegment segment) => "/" + string.Concat(segment.Parts.Select(part => part switch
    {
        RoutePatternLiteralPart literal => literal.Content,
        RoutePatternSeparatorPart separator => separator.Content,
        _ => "{}",
    }));
}
