using System.Net;
using IsapiHost.EndToEnd.Hosting;

namespace IsapiHost.EndToEnd;

/// <summary>AddIsapi and MapIsapi in an application that has endpoints of its own: samples/EmbeddedInAspNetCore.</summary>
public sealed class EmbeddedTests
{
    [Fact]
    public async Task Extensions_and_the_applications_own_endpoints_answer_side_by_side()
    {
        Assert.SkipWhen(HostCommand.WhyNot(Platform.Linux) is not null, HostCommand.WhyNot(Platform.Linux) ?? string.Empty);
        await using var host = await HostProcess.Start(
            Platform.Linux, new HostSettings { Application = Repository.SampleApplication });

        Assert.StartsWith("The application's own page", await Get("/"), StringComparison.Ordinal);
        Assert.StartsWith("The application's own page", await Get("/app/own"), StringComparison.Ordinal);
        Assert.StartsWith("Hello, you!\nGET /x\n", await Get("/app/x?name=you"), StringComparison.Ordinal);
        Assert.StartsWith("Hello, stranger!\nGET /any/page.abc\n", await Get("/any/page.abc"), StringComparison.Ordinal);
        using var missing = await host.Client.GetAsync(new Uri("/none", UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.NotFound, missing.StatusCode);
        Assert.Equal(0, await host.Stop());

        Task<string> Get(string url) => host.Client.GetStringAsync(new Uri(url, UriKind.Relative), TestContext.Current.CancellationToken);
    }
}
