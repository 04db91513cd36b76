using IsapiHost.Extensions;
using IsapiHost.Filters;
using IsapiHost.Modules;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace IsapiHost.Hosting;

/// <summary>
/// The end of the host: new requests are refused, running ones finish or are abandoned after the time-out, then the modules are terminated.
/// </summary>
internal sealed class IsapiLifetime : IHostedLifecycleService, IDisposable
{
    // A thread that is not over by now is inside of a module.
    private static readonly TimeSpan _threadLimit = TimeSpan.FromSeconds(1);

    private readonly ExtensionHost _host;
    private readonly FilterHost _filters;
    private readonly IsapiModules _modules;
    private readonly TimeSpan _timeout;
    private readonly bool _unload;
    private readonly CancellationTokenRegistration _stopping;
    private Task? _drain;

    public IsapiLifetime(ExtensionHost host, FilterHost filters, IsapiModules modules, IOptions<IsapiOptions> options, IHostApplicationLifetime lifetime)
    {
        _host = host;
        _filters = filters;
        _modules = modules;
        _timeout = options.Value.ShutdownTimeout;
        _unload = options.Value.UnloadModules;

        // Other services may take their time before StoppingAsync is reached: requests are refused, and the clock runs,
        // from the first sign.
        _stopping = lifetime.ApplicationStopping.Register(() => _drain ??= DrainAsync());
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>
    /// Comes before Kestrel's StopAsync, which stops listening first of all: until the running requests are over, new ones get their 503.
    /// </summary>
    public Task StoppingAsync(CancellationToken cancellationToken) => _drain ??= DrainAsync();

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await StoppingAsync(cancellationToken);

        // The data that modules keep for each thread goes before what it depends on.
        var areQuiet = _host.Threads.End(_threadLimit) & _filters.EndThreads(_threadLimit);
        _modules.Terminate(_unload && areQuiet, _host.Tracer.Terminated);
    }

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose() => _stopping.Dispose();

    private async Task DrainAsync()
    {
        _host.InFlight.Close();
        try
        {
            await _host.InFlight.Drained.WaitAsync(_timeout);
        }
        catch (TimeoutException)
        {
            ExtensionRequestTable.Abandon(_host);
        }
    }
}
