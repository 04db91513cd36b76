using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Hosting.Systemd;
using Microsoft.Extensions.Hosting.WindowsServices;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;
using Microsoft.Extensions.Logging.EventLog;

namespace IsapiHost.Cli.Hosting.Services;

/// <summary>The command as a service of systemd or of Windows; a terminal sees nothing of it.</summary>
internal static class ServiceSetup
{
    /// <summary>The source of the entries in the event log of Windows.</summary>
    public const string EventSource = "isapihost";

    /// <summary>
    /// The folder of the settings and of relative paths: the current one, but for a service of Windows, which starts in the system's, its
    /// own.
    /// </summary>
    public static void EnterFolder()
    {
        if (WindowsServiceHelpers.IsWindowsService())
        {
            Directory.SetCurrentDirectory(AppContext.BaseDirectory);
        }
    }

    /// <summary>The format of the log where no setting says otherwise: the journal reads the level of an entry before it.</summary>
    public static string? LogFormat => SystemdHelpers.IsSystemdService() ? ConsoleFormatterNames.Systemd : null;

    /// <summary>Whether there is nobody who could read standard output.</summary>
    public static bool HasNoOutput => WindowsServiceHelpers.IsWindowsService();

    /// <summary>A service of Windows has its warnings and errors in the event log.</summary>
    public static void AddServiceLog(this ILoggingBuilder logging)
    {
        if (OperatingSystem.IsWindows() && WindowsServiceHelpers.IsWindowsService())
        {
            logging.AddEventLog(new EventLogSettings { SourceName = EventSource });
            logging.AddFilter<EventLogLoggerProvider>(category: null, LogLevel.Warning);
        }
    }

    /// <summary>Lets the service manager of Windows start and stop the host, where it is what has started the process.</summary>
    public static void AddWindowsService(this WebApplicationBuilder builder) =>
        builder.Services.AddWindowsService(options => options.ServiceName = EventSource);

    /// <summary>
    /// Tells systemd, or whoever else has set NOTIFY_SOCKET, when the host is ready for requests and when it stops. The signals are the
    /// same as in a terminal, so that the lifetime of the console stays.
    /// </summary>
    public static void NotifyServiceManager(this WebApplication app)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        SystemdNotifier notifier = new();
        if (notifier.IsEnabled)
        {
            app.Lifetime.ApplicationStarted.Register(() => notifier.Notify(ServiceState.Ready));
            app.Lifetime.ApplicationStopping.Register(() => notifier.Notify(ServiceState.Stopping));
        }
    }
}
