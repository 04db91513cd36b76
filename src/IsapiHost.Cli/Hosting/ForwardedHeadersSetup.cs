using System.Net;
using IsapiHost.Cli.Configuration;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.HttpOverrides;
using IPNetwork = System.Net.IPNetwork;

namespace IsapiHost.Cli.Hosting;

/// <summary>Requests as the client sent them to a proxy in front: its address, and whether it spoke TLS.</summary>
internal static class ForwardedHeadersSetup
{
    /// <summary>
    /// Takes client address and scheme from X-Forwarded-For and X-Forwarded-Proto of trusted proxies; comes before everything that shows
    /// either.
    /// </summary>
    public static void UseTrustedProxies(this IApplicationBuilder app, TrustedProxies proxies)
    {
        if (!proxies.Any)
        {
            return;
        }

        ForwardedHeadersOptions options = new() { ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto };
        options.KnownProxies.Clear();
        options.KnownIPNetworks.Clear();
        if (!proxies.Everybody)
        {
            // Each hop of a chain must be known, so the chain may be of any length.
            options.ForwardLimit = null;
            foreach (IPAddress address in proxies.Addresses)
            {
                options.KnownProxies.Add(address);
            }

            foreach (IPNetwork network in proxies.Networks)
            {
                options.KnownIPNetworks.Add(network);
            }
        }

        app.UseForwardedHeaders(options);
    }
}
