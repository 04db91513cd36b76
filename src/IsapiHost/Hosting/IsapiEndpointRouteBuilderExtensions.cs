using IsapiHost;
using IsapiHost.Extensions;
using IsapiHost.Hosting;
using IsapiHost.Hosting.Settings;
using IsapiHost.Mapping;
using IsapiHost.Modules;
using IsapiHost.Requests;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Maps URLs of an application to extensions, beside its own endpoints.</summary>
public static class IsapiEndpointRouteBuilderExtensions
{
    /// <summary>Answers the URLs that fit a pattern by an extension, which is loaded now. The application's own, more specific endpoints win.</summary>
    /// <param name="endpoints">The application.</param>
    /// <param name="pattern">
    /// <c>/app</c> (that path and everything below), <c>/app/*</c> or <c>/app/{**path}</c> (the same as a prefix), <c>*.abc</c> or
    /// <c>/{**path}.abc</c> (a script map), <c>*</c> or <c>/{**path}</c> (a wildcard, which comes after every other endpoint).
    /// </param>
    /// <param name="modulePath">The file of the extension, absolute or relative to the content root.</param>
    /// <returns>For conventions such as <c>RequireAuthorization()</c>.</returns>
    /// <remarks>
    /// In a branch (<c>app.Map</c>), behind <c>UsePathBase</c> and in a route group the pattern is that of the rest of the path, as for any endpoint;
    /// SCRIPT_NAME has the whole. Two extensions at one path end the start of the application.
    /// </remarks>
    /// <exception cref="FormatException">The pattern is not understood.</exception>
    /// <exception cref="InvalidOperationException"><c>AddIsapi</c> was not called.</exception>
    /// <exception cref="ModuleLoadException">The extension cannot be loaded; the message says why and what to do.</exception>
    public static IEndpointConventionBuilder MapIsapi(this IEndpointRouteBuilder endpoints, string pattern, string modulePath)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        ArgumentNullException.ThrowIfNull(pattern);
        ArgumentException.ThrowIfNullOrWhiteSpace(modulePath);
        var services = endpoints.ServiceProvider;
        var host = services.RequireIsapi<ExtensionHost>();
        var file = OptionPaths.Absolute(modulePath, services.ContentRoot());
        var mapping = HandlerMapping.Parse(HandlerRoute.ToHandlerPattern(pattern), file);
        var handler = new HandlerEndpoint(mapping, services.RequireIsapi<SiteSettings>().UrlDecoder);
        var module = services.RequireIsapi<IsapiModules>().LoadExtension(file);

        var route = HandlerRoute.Create(mapping, handler);
        var endpoint = endpoints.Map(route, context =>
        {
            handler.TryMatch(context, out var match);
            return host.HandleAsync(context, module, match);
        });
        endpoint.Add(builder =>
        {
            var routed = (RouteEndpointBuilder)builder;
            handler.SetRoute(routed.RoutePattern.PathSegments.Count, route.PathSegments.Count);
            routed.DisplayName = $"ISAPI {pattern} → {Path.GetFileName(modulePath)}";
            routed.Order = HandlerRoute.Order(mapping);
            routed.Metadata.Add(handler);
        });
        return endpoint;
    }
}
