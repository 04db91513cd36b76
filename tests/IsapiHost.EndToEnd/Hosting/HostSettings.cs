namespace IsapiHost.EndToEnd.Hosting;

/// <summary>What a test wants from a host of its own.</summary>
internal sealed record HostSettings
{
    /// <summary>An application other than the command, as an assembly for <c>dotnet</c>; Linux only.</summary>
    public string? Application { get; init; }

    /// <summary>A command other than to serve: <c>record</c>.</summary>
    public string? Subcommand { get; init; }

    /// <summary>Modules of the native folder, by name: <c>hello</c>.</summary>
    public IReadOnlyList<string> Modules { get; init; } = [];

    /// <summary>Filters of the native folder, by name, in load order.</summary>
    public IReadOnlyList<string> Filters { get; init; } = [];

    /// <summary>More options of the command, after those for modules and address.</summary>
    public IReadOnlyList<string> Options { get; init; } = [];

    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>HTTP/2 without TLS is a protocol of its own endpoint: such a host speaks nothing else.</summary>
    public bool Http2 { get; init; }

    public IEnumerable<string> Arguments(Platform platform)
    {
        if (Subcommand is not null)
        {
            yield return Subcommand;
        }

        foreach (var module in Modules)
        {
            yield return "--dll";
            yield return HostCommand.PathFor(
                platform, Path.Combine(Repository.Modules(platform), HostCommand.ModuleFile(platform, module)));
        }

        foreach (var filter in Filters)
        {
            yield return "--filter";
            yield return HostCommand.PathFor(
                platform, Path.Combine(Repository.Modules(platform), "filters", HostCommand.ModuleFile(platform, filter)));
        }

        yield return "--urls";
        yield return "http://127.0.0.1:0";
        foreach (var option in Options)
        {
            yield return option;
        }
    }

    public IReadOnlyDictionary<string, string> AllVariables() =>
        Http2
            ? new Dictionary<string, string>(Environment) { ["Kestrel__EndpointDefaults__Protocols"] = "Http2" }
            : Environment;
}
