using System.Net;
using IsapiHost.EndToEnd.Hosting;

namespace IsapiHost.EndToEnd;

public sealed class HelloTests(SharedHosts hosts)
{
    [Theory, Platforms]
    public async Task The_hello_sample_answers_over_http_1_1(Platform platform)
    {
        var host = await hosts.Get(platform);

        using var response = await host.Get("hello", "/some/path?name=world");

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(HttpVersion.Version11, response.Version);
        Assert.StartsWith("Hello, world!\nGET /some/path\n", await Text(response), StringComparison.Ordinal);
    }

    [Theory, Platforms]
    public async Task The_hello_sample_answers_over_http_2(Platform platform)
    {
        var host = await hosts.GetHttp2(platform);

        using var response = await host.Get("hello", "/some/path?name=world");

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(HttpVersion.Version20, response.Version);
        Assert.StartsWith("Hello, world!\nGET /some/path\n", await Text(response), StringComparison.Ordinal);
    }

    [Theory, Platforms]
    public async Task The_name_of_the_module_is_compared_without_case(Platform platform)
    {
        var host = await hosts.Get(platform);
        var url = host.Url("hello").ToUpperInvariant();

        var answer = await host.Client.GetStringAsync(new Uri(url, UriKind.Relative), TestContext.Current.CancellationToken);

        Assert.StartsWith("Hello, stranger!", answer, StringComparison.Ordinal);
    }

    [Theory, Platforms]
    public async Task A_url_that_no_module_answers_is_not_found(Platform platform)
    {
        var host = await hosts.Get(platform);

        using var response = await host.Get("no-such-module");

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
    }

    private static Task<string> Text(HttpResponseMessage response) =>
        response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
}
