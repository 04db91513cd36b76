using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace IsapiHost.Cli.Hosting;

/// <summary>How long the process may take to end.</summary>
internal static class ShutdownTimeout
{
    // The extensions' TerminateExtension comes after the running requests; each may take up to 10 s before it is given up.
    private static readonly TimeSpan _forTermination = TimeSpan.FromSeconds(15);

    /// <summary>
    /// Gives the running requests their time (<see cref="IsapiOptions.ShutdownTimeout"/>) and the extensions theirs to end.
    /// </summary>
    public static void AddShutdownTimeout(this IServiceCollection services) =>
        services.AddOptions<HostOptions>().Configure<IOptions<IsapiOptions>>(
            (host, isapi) => host.ShutdownTimeout = isapi.Value.ShutdownTimeout + _forTermination);
}
