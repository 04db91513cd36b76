using System.Net;
using IsapiHost.Extensions;
using IsapiHost.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace IsapiHost.Tests.Extensions.Children;

public sealed class ChildShutdownTests : IAsyncDisposable
{
    private readonly ChildApplication _application = new();

    public ValueTask DisposeAsync() => _application.DisposeAsync();

    [Fact]
    public async Task A_host_that_stops_still_admits_children_of_what_it_has_begun()
    {
        await _application.Start(
            _ => { },
            application =>
            {
                // The query of the child alone has this name.
                application.Use((context, next) =>
                {
                    if (context.Request.Query.ContainsKey("close"))
                    {
                        context.RequestServices.GetRequiredService<ExtensionHost>().InFlight.Close();
                    }

                    return next(context);
                });
                application.MapIsapi("/exec", _application.Module("exec-url"));
                application.MapIsapi("/ecb", _application.Module("echo-ecb"));
            });

        using var child = await Get("/exec?run&url=/ecb?close");
        using var late = await Get("/ecb");

        Assert.Contains("lpszQueryString=close\n", await child.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, late.StatusCode);
    }

    private Task<HttpResponseMessage> Get(string url) =>
        _application.Client.GetAsync(new Uri(url, UriKind.Relative), TestContext.Current.CancellationToken);
}
