using System.Diagnostics.CodeAnalysis;
using System.Net;
using IsapiHost.Hosting;
using IsapiHost.Modules;
using IsapiHost.Testing.Files;
using IsapiHost.Testing.HttpFiles;
using IsapiHost.Testing.Logging;
using IsapiHost.Testing.Sending;
using IsapiHost.Tracing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace IsapiHost.Testing;

/// <summary>
/// A server with native extensions inside the test process: by default a real Kestrel on a free port of 127.0.0.1. Needs no test framework.
/// All members are safe for use by several threads, and any number of hosts may run at once; hosts that load the same file share the module
/// and its global variables, as two application pools in one process would.
/// </summary>
public sealed class IsapiTestHost : IAsyncDisposable
{
    // TerminateExtension has 10 seconds in the host, the removal of the module from memory as many.
    private static readonly TimeSpan _terminationLimit = TimeSpan.FromSeconds(20);

    private readonly WebApplication _app;
    private readonly TimeSpan _stopLimit;
    private readonly RecentTraces _traces;
    private int _disposed;

    private IsapiTestHost(WebApplication app, HttpClient client, ServerLog log, IsapiTestHostOptions options)
    {
        _app = app;
        _stopLimit = StopLimit(options);
        _traces = app.Services.GetRequiredService<RecentTraces>();
        InProgress = app.Services.GetRequiredService<RequestsInProgress>();
        Client = client;
        Log = log;
    }

    /// <summary>
    /// Sends to the host; relative URLs go to <see cref="BaseAddress"/>: <c>host.Client.GetAsync("/ext.dll?x=1")</c>. It follows no redirects,
    /// keeps no cookies and unpacks nothing, so that a test sees what the extension sent.
    /// </summary>
    public HttpClient Client { get; }

    /// <summary>Where the host listens, such as <c>http://127.0.0.1:40123/</c>; <c>http://localhost/</c> for one in memory.</summary>
    public Uri BaseAddress => Client.BaseAddress!;

    /// <summary>What the server has logged so far.</summary>
    public ServerLog Log { get; }

    /// <summary>
    /// What the extensions did so far that a correct one never does; empty for a correct one. What is judged at the end of a request is found a
    /// moment after the client has the response; after <see cref="DisposeAsync"/> all is there, what is found at shutdown included.
    /// </summary>
    public IReadOnlyList<Violation> Violations => _traces.Violations;

    internal int ViolationCount => _traces.ViolationCount;

    internal RequestsInProgress InProgress { get; }

    /// <summary>The finished requests with their native calls, in the order of their ends; of very many, the last 1,000.</summary>
    public IReadOnlyList<RequestTrace> Trace => _traces.Traces;

    /// <summary>The services of the application under test.</summary>
    public IServiceProvider Services => _app.Services;

    /// <summary>The extensions that are loaded, in the order in which they were added.</summary>
    public IReadOnlyList<ExtensionModule> Extensions => _app.Services.GetRequiredService<IsapiModules>().Extensions;

    /// <summary>Loads an extension and serves it at <c>/FILENAME</c>.</summary>
    /// <param name="modulePath">The file, absolute or relative to the current folder.</param>
    /// <param name="configure">Changes the options; further extensions are added here.</param>
    /// <param name="cancellationToken">Ends the start.</param>
    /// <exception cref="ModuleLoadException">A module cannot be loaded; the message says why and what to do.</exception>
    public static Task<IsapiTestHost> StartAsync(
        string modulePath, Action<IsapiTestHostOptions>? configure = null, CancellationToken cancellationToken = default)
    {
        var options = new IsapiTestHostOptions();
        options.AddExtension(modulePath);
        configure?.Invoke(options);
        return StartAsync(options, cancellationToken);
    }

    /// <summary>Serves what the options say.</summary>
    /// <param name="configure">Adds extensions and changes the options.</param>
    /// <param name="cancellationToken">Ends the start.</param>
    /// <exception cref="ModuleLoadException">A module cannot be loaded; the message says why and what to do.</exception>
    [SuppressMessage("ApiDesign", "RS0026", Justification = "The overloads differ in their first parameter, which is not optional: no call can mean both.")]
    public static Task<IsapiTestHost> StartAsync(Action<IsapiTestHostOptions> configure, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(configure);
        var options = new IsapiTestHostOptions();
        configure(options);
        return StartAsync(options, cancellationToken);
    }

    /// <summary>
    /// Sends the requests of an <c>.http</c> file and compares the responses with its <c># expect</c> lines and with the <c>.expected</c> file
    /// beside it. See <see cref="HttpFileRunner"/> for more control.
    /// </summary>
    /// <param name="path">The <c>.http</c> file.</param>
    /// <param name="cancellationToken">Ends the run.</param>
    /// <returns>What was found; <see cref="HttpFileReport.ToString"/> is fit for an assertion's message.</returns>
    /// <exception cref="HttpFileException">A file is not as it must be; the message names file, line and remedy.</exception>
    public async Task<HttpFileReport> RunHttpFileAsync(string path, CancellationToken cancellationToken = default) =>
        await new HttpFileRunner(Client) { Host = this }.RunAsync(HttpFile.Read(path), cancellationToken);

    /// <summary>
    /// Stops the host: waits for running requests as long as <see cref="IsapiOptions.ShutdownTimeout"/> says, then ends the modules.
    /// </summary>
    /// <exception cref="TimeoutException">A module holds up the end although all waiting is limited; it stays in memory.</exception>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
        {
            return;
        }

        Client.Dispose();
        await StopAsync(_app, _stopLimit);
    }

    private static async Task<IsapiTestHost> StartAsync(IsapiTestHostOptions options, CancellationToken cancellationToken)
    {
        var log = new ServerLog(options.LogLevel);
        var app = Build(options, log);
        try
        {
            await app.StartAsync(cancellationToken);
            return new IsapiTestHost(app, CreateClient(app, options), log, options);
        }
        catch
        {
            await StopAsync(app, StopLimit(options));
            throw;
        }
    }

    private static WebApplication Build(IsapiTestHostOptions options, ServerLog log)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ContentRootPath = Directory.GetCurrentDirectory() });
        builder.Logging.SetMinimumLevel(options.LogLevel).AddProvider(log);
        if (options.InMemory)
        {
            builder.WebHost.UseTestServer();
        }
        else
        {
            builder.WebHost.UseKestrelCore().UseIsapiTransport().ConfigureKestrel(kestrel =>
            {
                kestrel.RequestHeaderEncodingSelector = _ => options.Isapi.RequestHeaderEncoding;
                kestrel.Listen(IPAddress.Loopback, 0);
            });
        }

        builder.Services.AddSingleton<RecentTraces>();
        builder.Services.AddSingleton<ITraceSink>(provider => provider.GetRequiredService<RecentTraces>());
        builder.Services.AddIsapi();
        foreach (var filter in options.FilterPaths)
        {
            builder.Services.AddIsapiFilter(filter);
        }

        options.Isapi.UnloadModules = true;
        builder.Services.AddSingleton<Microsoft.Extensions.Options.IOptionsFactory<IsapiOptions>>(provider =>
            ActivatorUtilities.CreateInstance<GivenIsapiOptions>(provider, options.Isapi));
        builder.Services.AddSingleton<RequestsInProgress>();
        builder.Services.AddSingleton<IStartupFilter>(provider =>
            new ExtensionsAtStart(provider.GetRequiredService<RequestsInProgress>(), options.ConfigureApplication));
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = options.Isapi.ShutdownTimeout + _terminationLimit);
        options.ConfigureBuilder?.Invoke(builder);
        return builder.Build();
    }

    private static HttpClient CreateClient(WebApplication app, IsapiTestHostOptions options)
    {
        var client = options.InMemory
            ? app.GetTestClient()
            : new HttpClient(PlainHttpHandler.Create(ServerTrust.System)) { BaseAddress = new Uri(app.Urls.First()) };
        client.Timeout = options.ClientTimeout;
        return client;
    }

    private static TimeSpan StopLimit(IsapiTestHostOptions options) =>
        options.Isapi.ShutdownTimeout + (_terminationLimit * Math.Max(1, options.Isapi.Handlers.Count));

    private static async Task StopAsync(WebApplication app, TimeSpan limit)
    {
        var stopping = Task.Run(async () =>
        {
            await app.StopAsync();
            await app.DisposeAsync();
        });
        try
        {
            await stopping.WaitAsync(limit);
        }
        catch (TimeoutException e)
        {
            throw new TimeoutException(
                $"The test host did not stop within {limit.TotalSeconds:0} seconds: a module does not come back. Run its tests in a process of their own.", e);
        }
    }
}
