using IsapiHost.Cli.Forwarding;

namespace IsapiHost.Cli.Tests.Configuration;

public sealed class ForwardAddressTests
{
    [Fact]
    public void A_site_behind_is_enough_to_serve()
    {
        Bound bound = Bound.From(["--forward", "http://127.0.0.1:8081/"]);

        Assert.Empty(bound.Faults);
        Assert.Equal(new Uri("http://127.0.0.1:8081"), bound.Settings.Forward);
        Assert.Equal(TimeSpan.FromSeconds(100), bound.Settings.ForwardOptions.ForwardTimeout);
    }

    [Fact]
    public void The_setting_says_the_same_as_the_option_which_wins()
    {
        (string, string)[] settings = [("Isapi:Forward", "https://one"), ("Isapi:ForwardTimeout", "5"), ("Isapi:ForwardKeepsHost", "false"), ("Isapi:ForwardVia", "true")];

        Assert.Equal(new Uri("https://one"), Bound.From([], settings).Settings.Forward);
        Assert.Equal(new Uri("http://two"), Bound.From(["--forward", "http://two"], settings).Settings.Forward);
        ForwardOptions options = Bound.From([], settings).Settings.ForwardOptions;
        Assert.Equal((TimeSpan.FromSeconds(5), false, true), (options.ForwardTimeout, options.ForwardKeepsHost, options.ForwardVia));
    }

    [Theory]
    [InlineData("Isapi:ForwardTimeout", "soon")]
    [InlineData("Isapi:ForwardTimeout", "9999999")]
    [InlineData("Isapi:ForwardTimeout:0", "5")]
    [InlineData("Isapi:ForwardKeepsHost", "maybe")]
    [InlineData("Isapi:ForwardCertificates", "no such file")]
    public void A_wrong_setting_is_named(string key, string value) =>
        Assert.Contains("Forward", Assert.Single(Bound.From(["--forward", "http://site"], (key, value)).Faults), StringComparison.Ordinal);

    [Theory]
    [InlineData("site", "is not a URL. Write for example http://site")]
    [InlineData("/site", "is not a URL.")]
    [InlineData("localhost:8081", "does not begin with http:// or https://.")]
    [InlineData("ftp://site", "does not begin with http:// or https://.")]
    [InlineData("http://site/app", "has a path. Leave it out: the paths of requests stay as they are. Write http://site")]
    [InlineData("http://user:secret@site", "has a user name.")]
    [InlineData("http://127.0.0.1:8080", "is this host itself, which listens on http://localhost:8080.")]
    public void A_wrong_site_is_named(string site, string fault) =>
        Assert.Contains(fault, Assert.Single(Bound.From(["--forward", site]).Faults), StringComparison.Ordinal);

    [Fact]
    public void Another_port_or_address_is_another_site()
    {
        Assert.Empty(Bound.From(["--forward", "http://127.0.0.1:8081"]).Faults);
        Assert.Empty(Bound.From(["--forward", "http://192.0.2.1:8080"]).Faults);
        Assert.Single(Bound.From(["--forward", "http://localhost:81", "--urls", "http://*:81"]).Faults);
    }
}
