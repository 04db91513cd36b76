using System.Net;
using IsapiHost.Testing;

namespace TestingWithXunit;

public sealed class HelloTests(HelloExtension hello) : IClassFixture<HelloExtension>
{
    [Fact]
    public async Task It_greets_by_name()
    {
        HttpResponseMessage response = await hello.Host.Client.GetAsync("/hello.dll?name=world", TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("text/plain", response.Content.Headers.ContentType?.ToString());
        string body = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.StartsWith("Hello, world!\n", body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_suspicious_is_logged()
    {
        await hello.Host.Client.GetAsync("/hello.dll", TestContext.Current.CancellationToken);

        Assert.DoesNotContain(hello.Host.Log.Entries, entry => entry.Level >= Microsoft.Extensions.Logging.LogLevel.Warning);
    }

    /// <summary>The same file works in an editor, with <c>isapihost test</c>, and here.</summary>
    [Fact]
    public async Task All_answers_are_as_they_were()
    {
        string requests = Path.Combine(AppContext.BaseDirectory, "hello.http");

        HttpFileReport report = await hello.Host.RunHttpFileAsync(requests, TestContext.Current.CancellationToken);

        Assert.True(report.Passed, report.ToString());
    }
}
