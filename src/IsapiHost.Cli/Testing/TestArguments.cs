using IsapiHost.Testing.Expectations;

namespace IsapiHost.Cli.Testing;

/// <summary>What was written after <c>isapihost test</c>, unchecked.</summary>
internal sealed record TestArguments
{
    /// <summary>The module, if the first of them is none of the files, then <c>.http</c> files and folders.</summary>
    public IReadOnlyList<string> Inputs { get; init; } = [];

    public IReadOnlyList<string> Dlls { get; init; } = [];

    public IReadOnlyList<string> Maps { get; init; } = [];

    public IReadOnlyList<string> Filters { get; init; } = [];

    public string? Target { get; init; }

    public string? CaCert { get; init; }

    public bool Insecure { get; init; }

    public IReadOnlyList<string> Origins { get; init; } = [];

    public string? Environment { get; init; }

    public IReadOnlyList<string> Variables { get; init; } = [];

    public IReadOnlyList<string> IgnoredHeaders { get; init; } = [];

    public string? Name { get; init; }

    public string? JUnit { get; init; }

    public bool Update { get; init; }

    public bool Verbose { get; init; }

    public string? Timeout { get; init; }

    public string? Retry { get; init; }
}
