using IsapiHost.Cli.Configuration;

namespace IsapiHost.Cli.Tests.Configuration;

public sealed class ListenAddressTests
{
    private readonly FaultList _faults = new();

    [Theory]
    [InlineData("http://localhost:8080")]
    [InlineData("http://*:80")]
    [InlineData("http://+")]
    [InlineData("https://[::1]:8443")]
    [InlineData("http://127.0.0.1:0")]
    [InlineData("http://unix:/tmp/isapi.sock")]
    [InlineData("http://example.test/")]
    public void Addresses_that_the_server_understands_pass(string address)
    {
        Assert.Equal([address], Read(address));
        Assert.Empty(_faults.Lines);
    }

    [Theory]
    [InlineData("8080", "Write http://localhost:8080")]
    [InlineData(":8080", "Write http://localhost:8080 for this machine alone, or http://*:8080 for all")]
    [InlineData("http://a\0b", "has a control character")]
    [InlineData("localhost:80", "Write http://localhost:80")]
    [InlineData("ftp://x", "does not begin with http:// or https://")]
    [InlineData("http://", "is not a URL to listen on")]
    [InlineData("http://localhost:abc", "has a port that is not a number")]
    [InlineData("http://localhost:70000", "has a port outside 0 to 65535")]
    [InlineData("http://localhost:0", "Write http://127.0.0.1:0")]
    [InlineData("http://256.1.1.1:80", "has no valid address: 256.1.1.1. Write one of this machine")]
    [InlineData("http://localhost:80/app", "has a path. Leave /app out")]
    public void Others_are_refused_with_a_remedy(string address, string remedy)
    {
        Assert.Empty(Read(address));
        Assert.Contains(remedy, Assert.Single(_faults.Lines), StringComparison.Ordinal);
    }

    [Fact]
    public void Several_are_split_at_semicolons_and_each_counts_once() => Assert.Equal(["http://a", "http://b"], Read("http://a; http://b;;HTTP://A"));

    [Fact]
    public void Capital_letters_mean_the_same() =>
        Assert.Equal(["http://localhost", "https://[::1]:8443", "http://unix:/Tmp/A.sock"], Read("HTTP://LOCALHOST;HTTPS://[::1]:8443;HTTP://unix:/Tmp/A.sock"));

    private IReadOnlyList<string> Read(string text) => ListenAddress.Read([new GivenValue(text, "--urls")], _faults);
}
