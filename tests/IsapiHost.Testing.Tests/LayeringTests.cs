using IsapiHost.Tests.Shared;

namespace IsapiHost.Testing.Tests;

public sealed class LayeringTests
{
    private static readonly string[] _folders =
        ["Files", "Messages", "Expectations", "HttpFiles", "Variables", "Sending", "Comparison", "Logging"];

    [Fact]
    public void Each_folder_uses_only_those_before_it() =>
        Assert.Empty(Layers.Violations(typeof(IsapiTestHost).Assembly, "IsapiHost.Testing", _folders));
}
