using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;

namespace IsapiHost.Mapping;

/// <summary>A handler mapping as a route of endpoint routing.</summary>
internal static class HandlerRoute
{
    private const string CatchAll = "isapiPath";

    private static int s_created;

    /// <summary>Accepts the route-like spelling, in which a catch-all parameter stands for the star: <c>/{**path}.abc</c> is <c>*.abc</c>.</summary>
    public static string ToHandlerPattern(string pattern)
    {
        var open = pattern.IndexOf("{*", StringComparison.Ordinal);
        var close = pattern.IndexOf('}', StringComparison.Ordinal);
        var handlerPattern = open < 1 || close < open
            ? pattern
            : (open == 1 ? "*" : pattern[..open] + "*") + pattern[(close + 1)..];
        return handlerPattern.AsSpan().ContainsAny('{', '}')
            ? throw new FormatException(
                $"The pattern '{pattern}' has a route parameter, which an extension could not read. Write the path as it is, such as '/app', or "
                + "'/app/{**path}' for everything below it; route parameters may stand in the prefix of a route group.")
            : handlerPattern;
    }

    /// <summary>A literal route for a path or prefix, so that it ranks among the application's own; a constrained catch-all for the rest.</summary>
    public static RoutePattern Create(HandlerMapping mapping, IRouteConstraint constraint)
    {
        var segments = new List<RoutePatternPathSegment>();
        if (mapping.Kind is HandlerMappingKind.Direct or HandlerMappingKind.Prefix)
        {
            var path = mapping.Kind == HandlerMappingKind.Prefix ? mapping.Pattern[..^1] : mapping.Pattern;
            foreach (var segment in path.Split('/', StringSplitOptions.RemoveEmptyEntries))
            {
                segments.Add(RoutePatternFactory.Segment(RoutePatternFactory.LiteralPart(segment)));
            }
        }

        var matches = RoutePatternFactory.ParameterPolicy(constraint);
        segments.Add(RoutePatternFactory.Segment(
            RoutePatternFactory.ParameterPart(CatchAll, @default: null, RoutePatternParameterKind.CatchAll, matches)));
        return RoutePatternFactory.Pattern(segments);
    }

    /// <summary>
    /// The rank among endpoints that fit the same URL: paths and prefixes as the application's own, then script maps as they were added,
    /// wildcards last of all but fallbacks.
    /// </summary>
    public static int Order(HandlerMapping mapping) => mapping.Kind switch
    {
        HandlerMappingKind.Script => Interlocked.Increment(ref s_created),
        HandlerMappingKind.Wildcard => (int.MaxValue / 2) + Interlocked.Increment(ref s_created),
        _ => 0,
    };
}
