using System.Net;
using System.Text;
using IsapiHost.Hosting;
using Microsoft.AspNetCore.Builder;

namespace IsapiHost.Tests.Extensions.Children;

/// <summary>HSE_REQ_EXEC_URL and its kin, in an application with endpoints and other extensions.</summary>
/// <param name="served">One application for all tests; started by the first, which is skipped where it cannot be.</param>
public sealed class ChildRequestTests(ChildApplication served) : IClassFixture<ChildApplication>, IAsyncLifetime
{
    private HttpClient Client => served.Client;

    public async ValueTask InitializeAsync()
    {
        if (!served.IsStarted)
        {
            await served.Start(
                _ => { },
                application =>
                {
                    application.MapIsapi("/exec", served.Module("exec-url"));
                    application.MapIsapi("/ecb", served.Module("echo-ecb"));
                    application.MapIsapi("/sum", served.Module("checksum"));
                    application.MapIsapi("/write", served.Module("write-large"));
                });
        }
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Theory]
    [InlineData("run")]
    [InlineData("wide")]
    public async Task An_endpoint_answers_with_its_own_head(string variant)
    {
        using var response = await Get($"/exec?{variant}&url=/text");

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("text", response.Headers.GetValues("X-Endpoint").Single());
        Assert.Equal("from the endpoint\n", await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.Equal("status=200.0 win32=0 bytes=18 error=0\n", await Text("/exec?report"));
    }

    [Fact]
    public async Task Another_extension_sees_the_child_as_its_request()
    {
        var text = await Text("/exec?run&url=/ecb/extra%20path?a=1");

        Assert.Contains("lpszMethod=GET\nlpszQueryString=a=1\nlpszPathInfo=/extra path\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Dot_segments_are_removed_before_the_child_is_routed() =>
        Assert.Equal("from the endpoint\n", await Text("/exec?run&url=/a/%2e%2e/./text"));

    [Fact]
    public async Task A_status_without_a_body_is_the_answer()
    {
        using var response = await Get("/exec?run&url=/missing");

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Equal(0, response.Content.Headers.ContentLength);
        Assert.Equal("status=404.0 win32=0 bytes=0 error=0\n", await Text("/exec?report"));
    }

    [Fact]
    public async Task Callbacks_on_starting_may_still_set_headers()
    {
        using var response = await Get("/exec?run&url=/late-header");

        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        Assert.Equal("yes", response.Headers.GetValues("X-Late").Single());
    }

    [Fact]
    public async Task A_head_of_the_parent_stands_and_it_goes_on_behind_the_child()
    {
        using var response = await Get("/exec?around&url=/text");

        Assert.False(response.Headers.Contains("X-Endpoint"));
        Assert.Equal("before\nfrom the endpoint\nbehind\n", await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("/text", "from the endpoint\nbehind\n")]
    [InlineData("/sum", null)]
    public async Task The_parent_may_go_on_in_the_answer_that_its_child_has_begun(string url, string? whole)
    {
        var text = await Text($"/exec?behind&url={url}");

        Assert.EndsWith("behind\n", text, StringComparison.Ordinal);
        Assert.True(whole is null || text == whole, text);
    }

    [Theory]
    [InlineData("/large/3")]
    [InlineData("/write?megabytes=3&length=1")]
    public async Task A_large_child_passes_with_its_length(string url)
    {
        using var response = await Get($"/exec?run&url={url}");

        Assert.Equal(3 * 1024 * 1024, response.Content.Headers.ContentLength);
        Assert.Equal(3 * 1024 * 1024, (await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken)).Length);
    }

    [Fact]
    public async Task A_child_of_head_has_the_length_and_no_body()
    {
        using var request = new HttpRequestMessage(HttpMethod.Head, "/exec?run&url=/write?megabytes=3&length=1");
        using var response = await Client.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(3 * 1024 * 1024, response.Content.Headers.ContentLength);
    }

    [Fact]
    public async Task A_child_by_head_leaves_nothing_to_wait_for_to_a_client_that_asked_by_get()
    {
        using var response = await Get("/exec?method=HEAD&url=/write?megabytes=3&length=1");

        Assert.Equal(0, response.Content.Headers.ContentLength);
    }

    [Fact]
    public async Task Headers_are_replaced_and_repeated_ones_kept()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/exec?headers&url=/echo") { Headers = { { "X-Mine", "parent" } } };

        Assert.Contains("child=first,second accept=text/x-child mine=\n", await Send(request), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Headers_and_body_are_the_parents_otherwise()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/exec?run&url=/echo?x=1")
        {
            Headers = { { "X-Mine", "parent" } },
            Content = new StringContent("the parent's", Encoding.ASCII),
        };

        Assert.Equal("POST /echo?x=1 length=12 body=the parent's user=/ child= accept= mine=parent\n", await Send(request));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_body_beyond_what_was_read_ahead_is_whole_for_the_child(bool chunked)
    {
        var body = new byte[300_000];
        Random.Shared.NextBytes(body);
        using var direct = new HttpRequestMessage(HttpMethod.Post, "/sum") { Content = new ByteArrayContent(body) };
        using var request = new HttpRequestMessage(HttpMethod.Post, "/exec?run&url=/sum") { Content = new ByteArrayContent(body) };
        direct.Headers.TransferEncodingChunked = chunked;
        request.Headers.TransferEncodingChunked = chunked;

        Assert.Equal(await Send(direct), await Send(request));
    }

    [Fact]
    public async Task A_method_of_its_own() => Assert.StartsWith("PURGE /echo length= body= ", await Text("/exec?method=PURGE&url=/echo"), StringComparison.Ordinal);

    [Theory]
    [InlineData("entity", "POST /echo length=19 body=entity of the child ")]
    [InlineData("no-entity", "POST /echo length=0 body= ")]
    public async Task A_body_of_its_own(string variant, string expected)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/exec?{variant}&url=/echo") { Content = new StringContent("the parent's") };

        Assert.StartsWith(expected, await Send(request), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_user_of_its_own() => Assert.Contains("user=somebody/Told ", await Text("/exec?user&url=/echo"), StringComparison.Ordinal);

    [Fact]
    public async Task A_child_has_its_own_context_query_and_scope()
    {
        Assert.Equal("own=True q=child items=0\n", await Text("/exec?run&q=parent&url=/scope?q=child"));

        Assert.True(served.LastScope!.IsDisposed);
    }

    [Fact]
    public async Task A_child_that_fails_is_told_to_the_extension_and_sends_nothing()
    {
        using var response = await Get("/exec?run&url=/fails");

        Assert.Equal("", await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.Equal("status=500.0 win32=1 bytes=0 error=1\n", await Text("/exec?report"));
    }

    [Fact]
    public async Task Children_of_children_are_limited() => Assert.Equal("refused with 1001\n", await Text("/exec?deep"));

    [Fact]
    public async Task What_is_no_child_request_is_refused() => Assert.Equal(
        "no-completion=0/87\nnull=0/87\nrelative=0/87\nforeign=0/87\ncontrol=0/87\nempty=0/87\nendless=0/87\nmethod=0/87\nentity=0/87\n",
        await Text("/exec?refusals"));

    [Fact]
    public async Task There_is_no_status_before_the_first_child() => Assert.Equal("early=0/232\n", await Text("/exec?early"));

    private Task<HttpResponseMessage> Get(string url) => Client.GetAsync(new Uri(url, UriKind.Relative), TestContext.Current.CancellationToken);

    private Task<string> Text(string url) => Client.GetStringAsync(new Uri(url, UriKind.Relative), TestContext.Current.CancellationToken);

    private async Task<string> Send(HttpRequestMessage request)
    {
        using var response = await Client.SendAsync(request, TestContext.Current.CancellationToken);
        return await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
    }
}
