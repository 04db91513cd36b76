using IsapiHost;
using IsapiHost.Diagnostics;
using IsapiHost.Extensions;
using IsapiHost.Filters;
using IsapiHost.Hosting;
using IsapiHost.Interop.Abi;
using IsapiHost.Mapping;
using IsapiHost.Modules;
using IsapiHost.Requests;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Puts the ISAPI host into an application's pipeline.</summary>
public static class IsapiApplicationBuilderExtensions
{
    /// <summary>
    /// Answers the URLs of <see cref="IsapiOptions.Handlers"/> by their extensions, and passes all other requests on.
    /// The extensions are loaded now.
    /// </summary>
    /// <exception cref="InvalidOperationException"><c>AddIsapi</c> was not called.</exception>
    /// <exception cref="ModuleLoadException">An extension cannot be loaded; the message says why and what to do.</exception>
    public static IApplicationBuilder UseIsapi(this IApplicationBuilder app)
    {
        ArgumentNullException.ThrowIfNull(app);
        var host = app.ApplicationServices.RequireIsapi<ExtensionHost>();
        var modules = app.ApplicationServices.GetRequiredService<IsapiModules>();
        var handlers = app.ApplicationServices.GetRequiredService<IOptions<IsapiOptions>>().Value.Handlers;
        var table = new HandlerTable(handlers);
        var extensions = handlers.ToDictionary(handler => handler, handler => modules.LoadExtension(handler.ModulePath));

        var decoder = app.ApplicationServices.GetRequiredService<SiteSettings>().UrlDecoder;
        return app.Use(next => context =>
        {
            var path = RequestPath.Of(context, decoder);
            return table.TryMatch(path, context.Features.Get<PassedMappings>(), out var match, RequestPath.BaseLength(context, path))
                ? host.HandleAsync(context, extensions[match.Mapping], match)
                : next(context);
        });
    }

    /// <summary>
    /// Writes a line for each request that comes here, whoever answers it: category <c>IsapiHost.Requests</c>, level Information. Put it first in
    /// the pipeline. Without it, requests that an extension answers and those that are forwarded have their lines.
    /// </summary>
    public static IApplicationBuilder UseIsapiRequestLog(this IApplicationBuilder app)
    {
        ArgumentNullException.ThrowIfNull(app);
        var log = app.ApplicationServices.RequireIsapi<RequestLog>();
        return app.Use(next => context => log.FollowAsync(next, context));
    }

    /// <summary>
    /// Loads the filters of <see cref="IsapiOptions.Filters"/> and lets them see every request and response from here on. Put it first in the
    /// pipeline, so that they see what every other part does. Where a filter wants LOG, each request has a line in the log, as filters left it
    /// (<see cref="UseIsapiRequestLog"/>). Without filters it adds nothing.
    /// </summary>
    /// <exception cref="ModuleLoadException">A filter cannot be loaded; the message says why and what to do.</exception>
    public static IApplicationBuilder UseIsapiFilters(this IApplicationBuilder app)
    {
        ArgumentNullException.ThrowIfNull(app);
        var host = app.ApplicationServices.RequireIsapi<FilterHost>();
        host.Load();
        if (host.Chain is not { } chain)
        {
            return app;
        }

        if (chain.Wants(SF_NOTIFY.LOG))
        {
            app.ApplicationServices.GetRequiredService<RequestLog>().IsFiltered = true;
            app.UseIsapiRequestLog();
        }

        if (chain.Wants(SF_NOTIFY.SEND_RESPONSE))
        {
            TakeServerHeader(app.ApplicationServices, host);
        }

        var isDevelopment = app.ApplicationServices.GetService<IHostEnvironment>()?.IsDevelopment() is true;
        return app.Use(next => new FilterMiddleware(next, host, chain, answersFailures: !isDevelopment).InvokeAsync);
    }

    // Kestrel adds its name behind the filters, where none could remove it.
    private static void TakeServerHeader(IServiceProvider services, FilterHost host)
    {
        if (FiltersAtStart.HasKestrel(services)
            && services.GetRequiredService<IOptions<KestrelServerOptions>>().Value is { AddServerHeader: true } options)
        {
            options.AddServerHeader = false;
            host.ServerHeader = "Kestrel";
        }
    }
}
