using IsapiHost.Filters;
using IsapiHost.Interop.Abi;
using IsapiHost.Modules;
using IsapiHost.Tests.Modules;

namespace IsapiHost.Tests.Modules;

public sealed class FilterModuleTests : IDisposable
{
    private static readonly TimeSpan _limit = TimeSpan.FromSeconds(30);

    private readonly ModuleCompiler _compiler = new();

    public void Dispose() => _compiler.Dispose();

    [Fact]
    public void A_filter_is_started_described_and_ended()
    {
        var module = FilterModule.Load(Build());

        Assert.Equal(new Version(1, 2), module.Version);
        Assert.Equal("A test filter", module.Description);
        Assert.Equal(FilterPriority.Low, module.Priority);
        Assert.Equal(SF_NOTIFY.SECURE_PORT | SF_NOTIFY.NONSECURE_PORT, module.Flags);
        Assert.Null(module.Terminate(_limit, unload: true));
        Assert.Equal("FfU", _compiler.ReadEvents());
    }

    [Fact]
    public void A_filter_that_is_an_extension_too_is_in_memory_once_and_leaves_it_once()
    {
        var path = Build("-DDOUBLE");

        var filter = FilterModule.Load(path);
        var extension = ExtensionModule.Load(path);
        Assert.Null(filter.Terminate(_limit, unload: true));
        Assert.Equal("FEf", _compiler.ReadEvents());
        Assert.Null(extension.Terminate(_limit, unload: true));

        Assert.Equal("FEfU", _compiler.ReadEvents());
    }

    [Fact]
    public void An_extension_is_no_filter_and_the_message_says_what_to_do()
    {
        var path = _compiler.BuildSharedObject("minimal.c", "ext.so");

        var failure = Assert.Throws<ModuleLoadException>(() => FilterModule.Load(path));

        Assert.Equal(ModuleLoadError.MissingExport, failure.Error);
        Assert.Contains("--dll", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_chain_is_in_the_order_of_priority_then_of_loading()
    {
        FilterModule[] loaded =
        [
            FilterModule.Load(Build("-DFLAGS=0x24001")),
            FilterModule.Load(Build("-DFLAGS=0x4400")),
            FilterModule.Load(Build("-DFLAGS=0x84000")),
            FilterModule.Load(Build("-DFLAGS=0x44000")),
        ];

        Assert.Equal([loaded[2], loaded[3], loaded[0], loaded[1]], new FilterChain(loaded, withoutPriorityFirst: false).Filters);
        var chain = new FilterChain(loaded, withoutPriorityFirst: true);

        Assert.Equal([loaded[1], loaded[2], loaded[3], loaded[0]], chain.Filters);
        Assert.Equal([0, 1, 2], chain.NonSecure[SF_NOTIFY.PREPROC_HEADERS]!);
        Assert.Equal([0, 1, 2, 3], chain.Secure[SF_NOTIFY.PREPROC_HEADERS]!);
        Assert.Equal([0], chain.Secure[SF_NOTIFY.SEND_RAW_DATA]!);
        Assert.Null(chain.Secure[SF_NOTIFY.LOG]);
        Assert.All(loaded, module => Assert.Null(module.Terminate(_limit, unload: true)));
    }

    private string Build(params string[] arguments) =>
        _compiler.BuildSharedObject(
            "filter_and_extension.c", $"filter{Guid.NewGuid():N}.so", [$"-DEVENTS=\"{_compiler.Events}\"", .. arguments]);
}
