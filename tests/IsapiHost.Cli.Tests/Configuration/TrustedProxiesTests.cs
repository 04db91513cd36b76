using System.Net;

namespace IsapiHost.Cli.Tests.Configuration;

public sealed class TrustedProxiesTests
{
    [Fact]
    public void Nobody_is_believed_by_default() => Assert.False(Bound.From(["--dll", "a.dll"]).Settings.Proxies.Any);

    [Fact]
    public void Addresses_and_networks_are_read()
    {
        var proxies = Bound.From(["--dll", "a.dll"], ("Isapi:TrustedProxies:0", "10.0.0.5"), ("Isapi:TrustedProxies:1", "192.168.0.0/16; ::1")).Settings.Proxies;

        Assert.Equal([IPAddress.Parse("10.0.0.5"), IPAddress.IPv6Loopback], proxies.Addresses);
        Assert.Equal([IPNetwork.Parse("192.168.0.0/16")], proxies.Networks);
        Assert.False(proxies.Everybody);
    }

    [Fact]
    public void A_star_and_the_variable_of_AspNetCore_believe_everybody()
    {
        Assert.True(Bound.From(["--dll", "a.dll"], ("Isapi:TrustedProxies", "*")).Settings.Proxies.Everybody);
        Assert.True(Bound.From(["--dll", "a.dll"], ("ForwardedHeaders_Enabled", "true")).Settings.Proxies.Everybody);
        Assert.False(Bound.From(["--dll", "a.dll"], ("ForwardedHeaders_Enabled", "true"), ("Isapi:TrustedProxies", "10.0.0.5")).Settings.Proxies.Everybody);
    }

    [Theory]
    [InlineData("proxy.test")]
    [InlineData("10.0.0.0/33")]
    public void Anything_else_is_a_fault(string value) =>
        Assert.Contains("is neither an address nor a network", Assert.Single(Bound.From(["--dll", "a.dll"], ("Isapi:TrustedProxies", value)).Faults), StringComparison.Ordinal);
}
