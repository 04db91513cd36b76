using System.Runtime.InteropServices;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Hosting;

namespace IsapiHost.Cli.Hosting;

/// <summary>The terminal goes away: SIGHUP, and on Windows the window of the console that is closed.</summary>
internal static class Hangup
{
    // Collected, it would be taken back.
    private static PosixSignalRegistration? _registration;

    /// <summary>
    /// Ends the host in order, as Ctrl+C does. There is nothing that could be read again: a module that is loaded stays as it is.
    /// </summary>
    public static void StopOnHangup(this WebApplication app) =>
        _registration = PosixSignalRegistration.Create(PosixSignal.SIGHUP, signal =>
        {
            signal.Cancel = true;
            app.Lifetime.StopApplication();
            if (OperatingSystem.IsWindows())
            {
                // Windows ends the process as soon as this returns, or after 5 s; the host ends it earlier, once it has stopped.
                Thread.Sleep(Timeout.Infinite);
            }
        });
}
