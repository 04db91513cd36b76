using IsapiHost.Cli.Hosting;

namespace IsapiHost.Cli.Tests.Hosting;

public sealed class ServedAddressesTests
{
    [Theory]
    [InlineData("/ext.dll", "/ext.dll and everything below it", "http://localhost:8080/ext.dll")]
    [InlineData("/my ext.dll", "/my ext.dll and everything below it", "http://localhost:8080/my%20ext.dll")]
    [InlineData("/app/*", "/app and everything below it", "http://localhost:8080/app/")]
    [InlineData("*.abc", "URLs whose file name ends in .abc", "http://localhost:8080/NAME.abc")]
    [InlineData("*", "every URL", "http://localhost:8080/")]
    public void A_pattern_has_words_and_an_example(string pattern, string words, string example)
    {
        HandlerMapping handler = HandlerMapping.Parse(pattern, "x.dll");

        Assert.Equal(words, ServedAddresses.Describe(handler));
        Assert.Equal(example, ServedAddresses.Example("http://localhost:8080", handler));
    }

    [Theory]
    [InlineData("http://[::]:80", "http://localhost:80/")]
    [InlineData("http://0.0.0.0:80", "http://localhost:80/")]
    [InlineData("https://*:443", "https://localhost:443/")]
    [InlineData("http://+:80", "http://localhost:80/")]
    [InlineData("http://[::1]:80", "http://[::1]:80/")]
    public void Any_address_is_opened_as_localhost(string listening, string example) =>
        Assert.Equal(example, ServedAddresses.Example(listening, HandlerMapping.Parse("*", "x.dll")));

    [Fact]
    public void The_404_page_names_addresses_and_no_files()
    {
        string page = NotFoundPage.Text([HandlerMapping.Parse("/ext.dll", "/srv/secret/ext.dll"), HandlerMapping.Parse("*.abc", "/srv/secret/ext.dll")]);

        Assert.Contains("/ext.dll and everything below it", page, StringComparison.Ordinal);
        Assert.Contains(".abc", page, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", page, StringComparison.Ordinal);
    }

    [Fact]
    public void The_404_page_says_that_a_wildcard_has_passed_the_request_on()
    {
        string page = NotFoundPage.Text([HandlerMapping.Parse("/ext.dll", "/srv/ext.dll"), HandlerMapping.Parse("*", "/srv/all.dll")]);

        Assert.Equal(
            "No ISAPI extension answers this URL. The extension that is mapped to every URL has passed it on, and there is nothing behind it. "
            + "This host serves:\n  /ext.dll and everything below it\n",
            page);
    }
}
