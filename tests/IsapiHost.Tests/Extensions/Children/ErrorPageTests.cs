using System.Text;
using System.Net;
using IsapiHost.Extensions.Children;
using IsapiHost.Mapping;
using IsapiHost.Hosting;
using Microsoft.AspNetCore.Builder;

namespace IsapiHost.Tests.Extensions.Children;

/// <summary>HSE_REQ_SEND_CUSTOM_ERROR.</summary>
public sealed class ErrorPageTests : IAsyncLifetime
{
    private readonly ChildApplication _application = new();

    public async ValueTask InitializeAsync() => await _application.Start(
        options =>
        {
            options.ErrorPages["404"] = "/text";
            options.ErrorPages["404.2"] = _application.WriteFile("locked.html", "<p>locked</p>").Insert(0, "file://");
            options.ErrorPages["403"] = "/ecb/page";
            options.ErrorPages["500"] = "no-such-file.html";
        },
        application =>
        {
            application.MapIsapi("/error", _application.Module("custom-error"));
            application.MapIsapi("/ecb", _application.Module("echo-ecb"));
            application.MapIsapi("/exec", _application.Module("exec-url"));
        });

    public ValueTask DisposeAsync() => _application.DisposeAsync();

    [Theory]
    [InlineData("")]
    [InlineData("&async=1")]
    public async Task A_page_by_url_keeps_the_status(string more)
    {
        using var response = await Get("/error?status=404" + more);

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Equal("text", response.Headers.GetValues("X-Endpoint").Single());
        Assert.Equal("from the endpoint\n", await Read(response));
    }

    [Theory]
    [InlineData("")]
    [InlineData("&async=1")]
    public async Task A_sub_status_may_have_a_page_of_its_own_in_a_file(string more)
    {
        using var response = await Get("/error?status=404&sub=2" + more);

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Equal("Reason of the extension", response.ReasonPhrase);
        Assert.Equal("text/html", response.Content.Headers.ContentType?.MediaType);
        Assert.Equal("<p>locked</p>", await Read(response));
    }

    [Theory]
    [InlineData("")]
    [InlineData("&async=1")]
    public async Task A_page_learns_the_status_and_the_url_as_on_iis(string more)
    {
        using var response = await Get("/error?status=403" + more);

        var port = _application.Client.BaseAddress!.Port;
        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
        Assert.Contains(
            $"lpszMethod=GET\nlpszQueryString=403;http://127.0.0.1:{port}/error?status=403{more}\nlpszPathInfo=/page\n",
            await Read(response), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/error?status=410", "own page, error 2\n")]
    [InlineData("/error?status=500", "own page, error 2\n")]
    [InlineData("/error?twice", "own page, error 87\n")]
    [InlineData("/error?status=20", "own page, error 87\n")]
    [InlineData("/exec?run&flags=32&url=/error", "own page, error 2\n")]
    public async Task The_extension_sends_its_own_when_there_is_none(string url, string expected)
    {
        using var response = await Get(url);

        Assert.Equal(expected, await Read(response));
    }

    [Theory]
    [InlineData("four", "/a")]
    [InlineData("200", "/a")]
    [InlineData("404.x", "/a")]
    [InlineData("404", "")]
    [InlineData("404", "/a\nb")]
    public void A_page_that_makes_no_sense_is_refused_at_the_start(string key, string page) =>
        Assert.Throws<FormatException>(() => new ErrorPages([new(key, page)], new UrlDecoder(Encoding.UTF8)));

    private Task<HttpResponseMessage> Get(string url) =>
        _application.Client.GetAsync(new Uri(url, UriKind.Relative), TestContext.Current.CancellationToken);

    private static Task<string> Read(HttpResponseMessage response) => response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
}
