using IsapiHost.Extensions;
using IsapiHost.Filters;
using IsapiHost.Mapping;
using IsapiHost.Modules;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace IsapiHost;

/// <summary>Puts the ISAPI host into an application's pipeline.</summary>
public static class IsapiApplicationBuilderExtensions
{
    /// <summary>
    /// Answers the URLs of <see cref="IsapiOptions.Handlers"/> by their extensions, and passes all other requests on.
    /// The extensions are loaded now.
    /// </summary>
    /// <exception cref="ModuleLoadException">An extension cannot be loaded; the message says why and what to do.</exception>
    public static IApplicationBuilder UseIsapi(this IApplicationBuilder app)
    {
        ArgumentNullException.ThrowIfNull(app);
        var host = app.ApplicationServices.GetRequiredService<ExtensionHost>();
        var modules = app.ApplicationServices.GetRequiredService<IsapiModules>();
        var handlers = app.ApplicationServices.GetRequiredService<IOptions<IsapiOptions>>().Value.Handlers;
        var table = new HandlerTable(handlers);
        var extensions = handlers.ToDictionary(handler => handler, handler => modules.LoadExtension(handler.ModulePath));

        return app.Use(next => context =>
            table.TryMatch(RequestPath.Of(context), context.Features.Get<PassedMappings>(), out var match)
                ? host.HandleAsync(context, extensions[match.Mapping], match)
                : next(context));
    }

    /// <summary>
    /// Loads the filters of <see cref="IsapiOptions.Filters"/> and lets them see every request and response from here on. Put it first in the
    /// pipeline, so that they see what every other part does. Without filters it adds nothing.
    /// </summary>
    /// <exception cref="ModuleLoadException">A filter cannot be loaded; the message says why and what to do.</exception>
    public static IApplicationBuilder UseIsapiFilters(this IApplicationBuilder app)
    {
        ArgumentNullException.ThrowIfNull(app);
        var host = app.ApplicationServices.GetRequiredService<FilterHost>();
        host.Load();
        return host.Chain is { } chain ? app.Use(next => new FilterMiddleware(next, host, chain).InvokeAsync) : app;
    }
}
