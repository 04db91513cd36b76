using System.Diagnostics;
using System.Runtime.InteropServices;
using IsapiHost.Cli.Output;
using IsapiHost.Extensions;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace IsapiHost.Cli.Hosting;

/// <summary>The end, as the user sees it.</summary>
internal static class Stopping
{
    /// <summary>Says that the host stops and what it waits for; a second Ctrl+C ends the process without waiting.</summary>
    public static void AnnounceStopping(this WebApplication app, Banner banner)
    {
        InFlightRequests inFlight = app.Services.GetRequiredService<ExtensionHost>().InFlight;
        TimeSpan timeout = app.Services.GetRequiredService<IOptions<IsapiOptions>>().Value.ShutdownTimeout;
        app.Lifetime.ApplicationStopping.Register(() =>
        {
            banner.WriteStopping(inFlight.Count, timeout);

            // An orderly exit would wait for the native code that does not come back; that is what the user has had enough of.
            PosixSignalRegistration.Create(PosixSignal.SIGINT, _ => Process.GetCurrentProcess().Kill());
        });
    }
}
