using System.Runtime.InteropServices;
using IsapiHost.Extensions;
using IsapiHost.Modules.Loading;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace IsapiHost.Cli.Hosting;

/// <summary>The end, as the user sees it.</summary>
internal static class Stopping
{
    private const int SignalBase = 128;
    private const int SigInt = 2;
    private const int SigTerm = 15;

    // Collected, they would be taken back.
    private static readonly List<PosixSignalRegistration> _signals = [];

    /// <summary>Says that the host stops and what it waits for; a second Ctrl+C or SIGTERM ends the process without waiting.</summary>
    public static void AnnounceStopping(this WebApplication app, Banner banner)
    {
        InFlightRequests inFlight = app.Services.GetRequiredService<ExtensionHost>().InFlight;
        TimeSpan timeout = app.Services.GetRequiredService<IOptions<IsapiOptions>>().Value.ShutdownTimeout;
        app.Lifetime.ApplicationStopping.Register(() =>
        {
            banner.WriteStopping(inFlight.Count, timeout);

            // An orderly exit would wait for the native code that does not come back; that is what the user has had enough of.
            _signals.Add(PosixSignalRegistration.Create(PosixSignal.SIGINT, _ => ProcessEnd.Now(SignalBase + SigInt)));
            _signals.Add(PosixSignalRegistration.Create(PosixSignal.SIGTERM, _ => ProcessEnd.Now(SignalBase + SigTerm)));
        });
    }
}
