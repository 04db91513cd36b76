using IsapiHost;
using IsapiHost.Extensions;
using IsapiHost.Hosting;
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
    /// <param name="modulePath">The file of the extension, absolute or relative to the current folder.</param>
    /// <returns>For conventions such as <c>RequireAuthorization()</c>.</returns>
    /// <exception cref="FormatException">The pattern is not understood.</exception>
    /// <exception cref="ModuleLoadException">The extension cannot be loaded; the message says why and what to do.</exception>
    public static IEndpointConventionBuilder MapIsapi(this IEndpointRouteBuilder endpoints, string pattern, string modulePath)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        ArgumentNullException.ThrowIfNull(pattern);
        var mapping = HandlerMapping.Parse(HandlerRoute.ToHandlerPattern(pattern), modulePath);
        var host = endpoints.ServiceProvider.GetRequiredService<ExtensionHost>();
        var module = endpoints.ServiceProvider.GetRequiredService<IsapiModules>().LoadExtension(modulePath);

        var decoder = endpoints.ServiceProvider.GetRequiredService<SiteSettings>().UrlDecoder;
        var endpoint = endpoints.Map(HandlerRoute.Create(mapping, decoder), context =>
        {
            mapping.TryMatch(RequestPath.Of(context, decoder), out var match);
            return host.HandleAsync(context, module, match);
        });
        endpoint.Add(builder =>
        {
            builder.DisplayName = $"ISAPI {pattern} → {Path.GetFileName(modulePath)}";
            ((RouteEndpointBuilder)builder).Order = HandlerRoute.Order(mapping);
        });
        return endpoint;
    }
}
