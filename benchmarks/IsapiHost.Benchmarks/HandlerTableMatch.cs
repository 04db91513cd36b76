using BenchmarkDotNet.Attributes;
using IsapiHost.Mapping;

namespace IsapiHost.Benchmarks;

/// <summary>The way from a URL to its extension, through ten mappings of all kinds.</summary>
public class HandlerTableMatch
{
    private readonly HandlerTable _table = new([
        .. Enumerable.Range(0, 4).Select(i => HandlerMapping.Parse($"/ext{i}.dll", "ext.dll")),
        .. Enumerable.Range(0, 4).Select(i => HandlerMapping.Parse($"*.ab{i}", "ext.dll")),
        HandlerMapping.Parse("/other/*", "ext.dll"),
        HandlerMapping.Parse("/app/*", "ext.dll"),
    ]);

    [Benchmark]
    public bool First() => _table.TryMatch("/ext0.dll/catalogue/item", passed: null, out _);

    [Benchmark]
    public bool Last() => _table.TryMatch(SampleRequest.Path, passed: null, out _);

    [Benchmark]
    public bool None() => _table.TryMatch("/images/logo.png", passed: null, out _);
}
