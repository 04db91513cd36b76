using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using BenchmarkDotNet.Attributes;
using IsapiHost.Extensions;
using IsapiHost.Extensions.InProcess;
using IsapiHost.Hosting;
using IsapiHost.Interop;
using IsapiHost.Modules;
using Microsoft.Extensions.DependencyInjection;

namespace IsapiHost.Benchmarks;

/// <summary>GetServerVariable as native code calls it: by a door that knows no tracing, by the real one, and by that with tracing on.</summary>
public unsafe class TracedCallback
{
    private readonly byte[] _name = GC.AllocateArray<byte>(16, pinned: true);
    private readonly byte[] _buffer = GC.AllocateArray<byte>(256, pinned: true);
    private readonly List<ServiceProvider> _services = [];
    private nint _off;
    private nint _on;

    [GlobalSetup]
    public void Setup()
    {
        "REMOTE_ADDR"u8.CopyTo(_name);
        _off = Open(traced: false);
        _on = Open(traced: true);
        if (WithoutTracing() != 1 || Off() != 1 || On() != 1)
        {
            throw new InvalidOperationException("REMOTE_ADDR has no value.");
        }
    }

    [GlobalCleanup]
    public void Cleanup() => _services.ForEach(services => services.Dispose());

    [Benchmark(Baseline = true)]
    public int WithoutTracing() => Call(&GetServerVariable, _off);

    [Benchmark]
    public int Off() => Call(&ExtensionCallbacks.GetServerVariable, _off);

    [Benchmark]
    public int On() => Call(&ExtensionCallbacks.GetServerVariable, _on);

    // The steps of the real door without the one for tracing.
    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvStdcall)])]
    private static int GetServerVariable(nint connId, byte* name, void* buffer, uint* size)
    {
        if (ExtensionRequestTable.Enter(connId) is not { } request)
        {
            return LastError.Answer(Win32Error.INVALID_PARAMETER);
        }

        Win32Error error;
        try
        {
            error = name is null || size is null
                ? Win32Error.INVALID_PARAMETER
                : request.GetServerVariable(NativeString.Read(name, NativeString.MaxName + 1), NativeBuffer.Of(buffer, *size), ref *size);
        }
        catch (Exception e)
        {
            error = request.Failed(e, nameof(GetServerVariable));
        }

        request.Lifetime.Release(inline: false);
        return LastError.Answer(error);
    }

    private int Call(delegate* unmanaged[Stdcall]<nint, byte*, void*, uint*, int> door, nint connId)
    {
        fixed (byte* name = _name, buffer = _buffer)
        {
            var size = (uint)_buffer.Length;
            return door(connId, name, buffer, &size);
        }
    }

    // The module is only named in the trace: any will do, and it is built with the tests.
    private nint Open(bool traced)
    {
        ServiceProvider services = new ServiceCollection().AddLogging()
            .AddIsapi(options => (options.Root, options.Violations.Detect) = (Path.GetTempPath(), traced))
            .BuildServiceProvider();
        _services.Add(services);
        ExtensionModule module = services.GetRequiredService<IsapiModules>().LoadExtension(
            Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "../../../native/linux-x64/hello.so")));
        ExtensionRequest request = ExtensionRequestTable.Rent() ?? throw new InvalidOperationException("No slot is free.");
        request.Initialize(services.GetRequiredService<ExtensionHost>(), module, SampleRequest.CreateContext(), SampleRequest.Match());
        request.Open();
        return IdOf(request);
    }

    private static nint IdOf(ExtensionRequest request)
    {
        for (var index = 0; index < 64; index++)
        {
            for (var generation = 1u; generation < 64; generation++)
            {
                var id = new ConnectionId(index, generation).Value;
                var found = ExtensionRequestTable.Enter(id);
                found?.Lifetime.Release(inline: false);
                if (found == request)
                {
                    return id;
                }
            }
        }

        throw new InvalidOperationException("The request has no connection id.");
    }
}
