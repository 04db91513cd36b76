using IsapiHost.Cli.CommandLine;
using IsapiHost.Tests.Shared;

namespace IsapiHost.Cli.Tests;

/// <summary>The folders of the command are layers, as those of the library are (docs/internals.md).</summary>
public sealed class LayeringTests
{
    private static readonly string[] _folders =
        ["Output", "Forwarding", "Configuration", "Hosting", "Inspecting", "Testing", "Recording", "Tracing", "CommandLine"];

    [Fact]
    public void Each_folder_uses_only_those_before_it() =>
        Assert.Empty(Layers.Violations(typeof(HostCommandLine).Assembly, "IsapiHost.Cli", _folders));
}
