using IsapiHost.Filters;
using IsapiHost.Filters.Raw;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;

namespace IsapiHost.Hosting;

/// <summary>Filters guard sites: an application does not start, on any server, unless the configured filters see what they asked for.</summary>
internal sealed class FiltersAtStart(FilterHost host, IServiceProvider services) : IStartupFilter
{
    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        next(app);
        Check();
    };

    /// <summary>Whether the server is Kestrel, whose connections and headers filters can reach.</summary>
    public static bool HasKestrel(IServiceProvider services) =>
        services.GetService<IServer>()?.GetType().Assembly == typeof(KestrelServerOptions).Assembly;

    private void Check()
    {
        if (host.HasFilters && host.Chain is null)
        {
            throw new InvalidOperationException(
                "ISAPI filters are configured but not in the pipeline: call app.UseIsapiFilters() before everything else.");
        }

        if (host.Chain is not { WantsRawData: true } chain)
        {
            return;
        }

        var filter = chain.Filters.First(FilterSubscriptions.AsksForRawData).Path;
        if (!HasKestrel(services))
        {
            throw new InvalidOperationException(
                $"{filter} asks for raw data (SF_NOTIFY_READ_RAW_DATA, SF_NOTIFY_SEND_RAW_DATA), which only connections of Kestrel have: serve it with "
                + "Kestrel, or leave the filter out.");
        }

        if (services.GetServices<IConnectionListenerFactory>().Last() is not RawListenerFactory)
        {
            throw new InvalidOperationException(
                $"{filter} asks for raw data, and another transport was added after AddIsapi: call AddIsapi after UseKestrel and whatever adds a transport.");
        }
    }
}
