using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Yarp.ReverseProxy.Forwarder;

namespace IsapiHost.Cli.Forwarding;

/// <summary>Puts the forwarder into the command's pipeline.</summary>
internal static class SiteForwarderExtensions
{
    /// <summary>What the forwarder needs of YARP, whose own log lines would say the same as ours, with stack traces.</summary>
    public static void AddSiteForwarder(this IServiceCollection services)
    {
        services.AddHttpForwarder();
        services.AddLogging(logging => logging.AddFilter("Yarp.ReverseProxy.Forwarder", LogLevel.None));
    }

    /// <summary>Ends the pipeline: every request that comes here goes to a site, and its response back.</summary>
    /// <exception cref="ArgumentException">The site is not an absolute http or https URL without a path, or the certificates cannot be
    /// read.</exception>
    public static void RunSiteForwarder(this WebApplication app, Uri site, ForwardOptions options)
    {
        var forwarder = new SiteForwarder(
            site, options, app.Services.GetRequiredService<IHttpForwarder>(), app.Services.GetRequiredService<ILoggerFactory>());
        app.Lifetime.ApplicationStopped.Register(forwarder.Dispose);
        app.Run(forwarder.ForwardAsync);
    }
}
