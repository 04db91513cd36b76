using IsapiHost.Hosting;
using IsapiHost.Tests.Extensions.Children;
using Microsoft.AspNetCore.Builder;

namespace IsapiHost.Tests.Mapping;

/// <summary>Wildcard extensions that pass requests on (EXEC_UNICODE_URL with IGNORE_CURRENT_INTERCEPTOR) do not get them again.</summary>
public sealed class PassedMappingsTests : IAsyncDisposable
{
    private readonly ChildApplication _application = new();

    public ValueTask DisposeAsync() => _application.DisposeAsync();

    [Theory]
    [InlineData("?a=1")]
    [InlineData("?no-flag")]
    public async Task A_request_passed_on_meets_the_next_handler_and_then_the_application(string query)
    {
        var wildcard = _application.Module("wildcard-pass");
        await _application.Start(
            options =>
            {
                options.Handlers.Add(HandlerMapping.Parse("*", wildcard));
                options.Handlers.Add(HandlerMapping.Parse("*.abc", _application.Module("echo-ecb")));
            },
            application => application.UseIsapi());

        Assert.Equal("answered by the wildcard\n", await Text("/own"));
        Assert.Equal("from the endpoint\n", await Text("/text" + query));
        Assert.Contains($"lpszQueryString={query[1..]}\n", await Text("/x.abc" + query), StringComparison.Ordinal);
        using var missing = await _application.Client.GetAsync(new Uri("/nothing", UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.Equal(System.Net.HttpStatusCode.NotFound, missing.StatusCode);
    }

    [Fact]
    public async Task Wildcards_form_a_chain()
    {
        var wildcard = _application.Module("wildcard-pass");
        await _application.Start(
            options =>
            {
                options.Handlers.Add(HandlerMapping.Parse("*", wildcard));
                options.Handlers.Add(HandlerMapping.Parse("*", wildcard));
                options.Handlers.Add(HandlerMapping.Parse("*", wildcard));
            },
            application => application.UseIsapi());

        Assert.Equal("from the endpoint\n", await Text("/text?no-flag"));
    }

    [Fact]
    public async Task A_wildcard_among_endpoints_passes_on_what_no_endpoint_answers()
    {
        await _application.Start(_ => { }, application => application.MapIsapi("*", _application.Module("wildcard-pass")));

        Assert.Equal("answered by the wildcard\n", await Text("/own"));
        Assert.Equal("from the endpoint\n", await Text("/text"));
        using var missing = await _application.Client.GetAsync(new Uri("/nothing", UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.Equal(System.Net.HttpStatusCode.NotFound, missing.StatusCode);
    }

    private Task<string> Text(string url) => _application.Client.GetStringAsync(new Uri(url, UriKind.Relative), TestContext.Current.CancellationToken);
}
