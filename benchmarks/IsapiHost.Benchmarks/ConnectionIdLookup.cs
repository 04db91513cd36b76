using BenchmarkDotNet.Attributes;
using IsapiHost.Extensions;
using IsapiHost.Hosting;
using IsapiHost.Interop;
using Microsoft.Extensions.DependencyInjection;

namespace IsapiHost.Benchmarks;

/// <summary>The first and last step of each native door: the request behind a ConnID, held and let go.</summary>
public class ConnectionIdLookup
{
    // The first request of a process stands in slot 0 with generation 1.
    private readonly nint _live = new ConnectionId(0, 1).Value;
    private readonly nint _stale = new ConnectionId(0, 2).Value;

    private ServiceProvider? _services;

    [GlobalSetup]
    public void Setup()
    {
        _services = new ServiceCollection().AddLogging().AddIsapi(options => options.Root = Path.GetTempPath()).BuildServiceProvider();
        var request = ExtensionRequestTable.Rent() ?? throw new InvalidOperationException("No slot is free.");
        request.Initialize(_services.GetRequiredService<ExtensionHost>(), module: null!, SampleRequest.CreateContext(), SampleRequest.Match());
        request.Open();
        if (!Live())
        {
            throw new InvalidOperationException("The connection id is not the one that was given out.");
        }
    }

    [GlobalCleanup]
    public void Cleanup() => _services?.Dispose();

    [Benchmark]
    public bool Live()
    {
        var request = ExtensionRequestTable.Enter(_live);
        request?.Lifetime.Release(inline: false);
        return request is not null;
    }

    [Benchmark]
    public bool Stale() => ExtensionRequestTable.Enter(_stale) is not null;
}
