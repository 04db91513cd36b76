using IsapiHost.Hosting;
using IsapiHost.Tests.Extensions.Children;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;

namespace IsapiHost.Tests.Hosting;

/// <summary>Extensions wherever ASP.NET Core lets endpoints stand.</summary>
public sealed class MapIsapiTests : IAsyncDisposable
{
    private readonly ChildApplication _application = new();

    public ValueTask DisposeAsync() => _application.DisposeAsync();

    [Theory]
    [InlineData("/grp/app", "/grp/app", "")]
    [InlineData("/grp/APP/x/y", "/grp/APP", "/x/y")]
    [InlineData("/grp/pre/x", "/grp/pre", "/x")]
    [InlineData("/grp/a/b.abc/c", "/grp/a/b.abc", "/grp/a/b.abc/c")]
    [InlineData("/tenant/7/app/x", "/tenant/7/app", "/x")]
    public async Task A_route_group_puts_its_prefix_in_front(string url, string script, string info)
    {
        await _application.Start(_ => { }, application =>
        {
            var group = application.MapGroup("/grp");
            group.MapIsapi("/app", Module);
            group.MapIsapi("/pre/{**path}", Module);
            group.MapIsapi("*.abc", Module);
            application.MapGroup("/tenant/{id}").MapIsapi("/app", Module);
        });

        Assert.Equal((script, info), await Paths(url));
    }

    [Theory]
    [InlineData("/base/app/x", "/base/app", "/x")]
    [InlineData("/base/s/t.abc", "/base/s/t.abc", "/base/s/t.abc")]
    [InlineData("/app/x", "/app", "/x")]
    public async Task A_path_base_is_part_of_the_script_name(string url, string script, string info)
    {
        await _application.Start(_ => { }, application =>
        {
            application.UsePathBase("/base");
            application.MapIsapi("/app", Module);
            application.MapIsapi("*.abc", Module);
        });

        Assert.Equal((script, info), await Paths(url));
    }

    [Theory]
    [InlineData("/branch/app/x", "/branch/app", "/x")]
    [InlineData("/handlers/app/x", "/handlers/app", "/x")]
    public async Task A_branch_of_the_pipeline_serves_too(string url, string script, string info)
    {
        await _application.Start(options => options.Handlers.Add(HandlerMapping.Parse("/app/*", Module)), application =>
        {
            application.Map("/branch", branch => branch.UseRouting().UseEndpoints(endpoints => endpoints.MapIsapi("/app", Module)));
            application.Map("/handlers", branch => branch.UseIsapi());
        });

        Assert.Equal((script, info), await Paths(url));
    }

    [Theory]
    [InlineData("/app/{id}")]
    [InlineData("/{id}/app/{**path}")]
    [InlineData("{**path")]
    public async Task A_route_parameter_is_refused_at_start(string pattern)
    {
        var failure = await Assert.ThrowsAsync<FormatException>(() => _application.Start(_ => { }, application => application.MapIsapi(pattern, Module)));

        Assert.Contains(pattern, failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/app", "/APP/*")]
    [InlineData("/app", "/app/{**path}")]
    public async Task Two_extensions_at_one_path_end_the_start(string one, string two)
    {
        var failure = await Assert.ThrowsAsync<InvalidOperationException>(() => _application.Start(_ => { }, application =>
        {
            application.MapIsapi(one, Module);
            application.MapIsapi(two, Module);
        }));

        Assert.StartsWith("MapIsapi: /app is mapped to ", failure.Message.Replace("APP", "app", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_extensions_at_one_path_may_differ_by_the_host_name()
    {
        await _application.Start(_ => { }, application =>
        {
            application.MapIsapi("/app", Module).RequireHost("elsewhere.test");
            application.MapIsapi("/app", Module).RequireHost("127.0.0.1");
        });

        Assert.Equal(("/app", ""), await Paths("/app"));
    }

    [Fact]
    public async Task Without_AddIsapi_the_remedy_is_named()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseTestServer();
        builder.Services.AddRouting();
        await using var application = builder.Build();

        foreach (var use in (Action[])[
            () => application.MapIsapi("/app", "app.dll"), () => application.UseIsapi(), () => application.UseIsapiFilters(), () => application.UseIsapiRequestLog()])
        {
            Assert.Contains("AddIsapi()", Assert.Throws<InvalidOperationException>(use).Message, StringComparison.Ordinal);
        }
    }

    private string Module => _application.Module("variables");

    private async Task<(string Script, string Info)> Paths(string url)
    {
        var text = await _application.Client.GetStringAsync(
            new Uri($"{url}?SCRIPT_NAME&PATH_INFO", UriKind.Relative), TestContext.Current.CancellationToken);
        var values = text.TrimEnd().Split('\n').Select(line => line[(line.IndexOf("value=", StringComparison.Ordinal) + "value=".Length)..]).ToArray();
        return (values[0], values[1]);
    }
}
