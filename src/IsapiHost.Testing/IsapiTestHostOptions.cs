using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Logging;

namespace IsapiHost.Testing;

/// <summary>What an <see cref="IsapiTestHost"/> serves and how. Used by one thread, before the start.</summary>
public sealed class IsapiTestHostOptions
{
    /// <summary>
    /// The options of the host under test, the same as in production. Two differ in their defaults: <see cref="IsapiOptions.ShutdownTimeout"/> is
    /// 5 seconds, so that a request that never ends does not hold up the test run, and header bytes are Latin-1, as in the command.
    /// </summary>
    public IsapiOptions Isapi { get; } = new()
    {
        ShutdownTimeout = TimeSpan.FromSeconds(5),
        RequestHeaderEncoding = System.Text.Encoding.Latin1,
    };

    /// <summary>
    /// Whether requests reach the host in memory instead of through Kestrel and a socket. Faster, yet without what only a connection has:
    /// addresses, ports, TLS, raw (nph) responses. Off by default.
    /// </summary>
    public bool InMemory { get; set; }

    /// <summary>The least level of log entries that <see cref="IsapiTestHost.Log"/> keeps; Information by default, which includes a line per request.</summary>
    public LogLevel LogLevel { get; set; } = LogLevel.Information;

    /// <summary>How long the client waits for a response; 100 seconds by default.</summary>
    public TimeSpan ClientTimeout { get; set; } = TimeSpan.FromSeconds(100);

    /// <summary>Changes the application before it is built: services, Kestrel's limits and certificates, configuration.</summary>
    public Action<WebApplicationBuilder>? ConfigureBuilder { get; set; }

    /// <summary>Adds middleware before the extensions: logins, request rewriting.</summary>
    public Action<IApplicationBuilder>? ConfigureApplication { get; set; }

    /// <summary>Serves an extension at <c>/FILENAME</c> and everything below it.</summary>
    /// <param name="modulePath">The file, absolute or relative to the current folder.</param>
    /// <returns>The same options, for further calls.</returns>
    public IsapiTestHostOptions AddExtension(string modulePath)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(modulePath);
        return Map("/" + Path.GetFileName(modulePath), modulePath);
    }

    /// <summary>Serves an extension at the URLs of a pattern; of several patterns that fit, the first one added serves it.</summary>
    /// <param name="pattern">As in <see cref="HandlerMapping.Parse"/>: <c>/ext.dll</c>, <c>/prefix/*</c>, <c>*.abc</c> or <c>*</c>.</param>
    /// <param name="modulePath">The file, absolute or relative to the current folder.</param>
    /// <returns>The same options, for further calls.</returns>
    /// <exception cref="FormatException">The pattern is none of the known forms.</exception>
    public IsapiTestHostOptions Map(string pattern, string modulePath)
    {
        Isapi.Handlers.Add(HandlerMapping.Parse(pattern, modulePath));
        return this;
    }

    /// <summary>
    /// Puts an ISAPI filter in front of the extensions, and of what <see cref="ConfigureApplication"/> adds; it needs a connection, so not
    /// <see cref="InMemory"/>, if it wants raw data. Filters of equal priority are called in the order of these calls.
    /// </summary>
    /// <param name="modulePath">The file, absolute or relative to the current folder.</param>
    /// <returns>The same options, for further calls.</returns>
    public IsapiTestHostOptions AddFilter(string modulePath)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(modulePath);
        FilterPaths.Add(modulePath);
        return this;
    }

    internal List<string> FilterPaths { get; } = [];
}
