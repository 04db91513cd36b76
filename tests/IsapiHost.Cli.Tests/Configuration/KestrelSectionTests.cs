using IsapiHost.Cli.Configuration;
using IsapiHost.Hosting.Settings;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Configuration;

namespace IsapiHost.Cli.Tests.Configuration;

public sealed class KestrelSectionTests
{
    private readonly KestrelServerOptions _kestrel = new();

    [Fact]
    public void Request_lines_may_be_as_long_as_on_IIS()
    {
        Assert.Empty(Apply());
        Assert.Equal(16 * 1024, _kestrel.Limits.MaxRequestLineSize);
    }

    [Fact]
    public void Limits_and_options_take_effect()
    {
        Assert.Empty(Apply(
            ("AddServerHeader", "false"), ("limits:maxrequestlinesize", "20000"), ("Limits:KeepAliveTimeout", "00:00:07"), ("Limits:RequestHeadersTimeout", "9"),
            ("Limits:MaxConcurrentConnections", "unlimited"), ("Limits:Http2:MaxStreamsPerConnection", "3"),
            ("Limits:MinRequestBodyDataRate:BytesPerSecond", "100.5"), ("Limits:MinRequestBodyDataRate:GracePeriod", "00:00:06"), ("Limits:MinResponseDataRate", "0")));

        Assert.False(_kestrel.AddServerHeader);
        Assert.Equal(20_000, _kestrel.Limits.MaxRequestLineSize);
        Assert.Equal(TimeSpan.FromSeconds(7), _kestrel.Limits.KeepAliveTimeout);
        Assert.Equal(TimeSpan.FromSeconds(9), _kestrel.Limits.RequestHeadersTimeout);
        Assert.Null(_kestrel.Limits.MaxConcurrentConnections);
        Assert.Equal(3, _kestrel.Limits.Http2.MaxStreamsPerConnection);
        Assert.Equal((100.5, TimeSpan.FromSeconds(6)), (_kestrel.Limits.MinRequestBodyDataRate!.BytesPerSecond, _kestrel.Limits.MinRequestBodyDataRate.GracePeriod));
        Assert.Null(_kestrel.Limits.MinResponseDataRate);
    }

    [Theory]
    [InlineData("Certificate:Default:Path", "x", "Certificate")]
    [InlineData("Certificates:Default:Pfad", "x", "Certificates:Default:Pfad")]
    [InlineData("Endpoints:Web:Uri", "http://*:80", "Endpoints:Web:Uri")]
    [InlineData("Endpoints:Web:Sni:a.test:Url", "x", "Endpoints:Web:Sni:a.test:Url")]
    [InlineData("Limits:MaxRequestLine", "1", "Limits:MaxRequestLine")]
    [InlineData("Limits:MaxRequestLineSize", "0", "Limits:MaxRequestLineSize")]
    [InlineData("Limits:MaxRequestLineSize", "8K", "Limits:MaxRequestLineSize")]
    [InlineData("Limits:MinRequestBodyDataRate:BytesPerSecond", "slow", "Limits:MinRequestBodyDataRate")]
    [InlineData("AddServerHeader", "no", "AddServerHeader")]
    public void What_is_not_understood_is_named(string name, string value, string named)
    {
        var fault = Assert.Single(Apply((name, value)));

        Assert.Equal(named, fault.Name);
        Assert.DoesNotContain("(Parameter", fault.Message, StringComparison.Ordinal);
    }

    private IReadOnlyList<OptionFault> Apply(params (string Name, string Value)[] settings) => KestrelSection.Apply(
        new ConfigurationBuilder().AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Name, (string?)setting.Value))).Build(),
        _kestrel);
}
