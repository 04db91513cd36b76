using System.Net;
using IsapiHost.Tests.Modules;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.DependencyInjection;

namespace IsapiHost.Tests.Hosting;

/// <summary>An application does not start unless its filters see what they are to see.</summary>
public sealed class FiltersAtStartTests : IDisposable
{
    private readonly ModuleCompiler _compiler = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _compiler.Dispose();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Filters_of_the_options_and_added_ones_are_the_same(bool byOptions)
    {
        await using var app = Build(byOptions, server: null);
        app.UseIsapiFilters();
        await app.StartAsync(Cancellation);

        using HttpClient client = new() { BaseAddress = new Uri(app.Urls.First()) };
        using var response = await client.GetAsync("/any", Cancellation);

        Assert.Equal("1", Assert.Single(response.Headers.GetValues("X-Block")));
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(true, true)]
    public async Task Filters_that_are_not_in_the_pipeline_stop_the_start_on_every_server(bool byOptions, bool otherServer)
    {
        await using var app = Build(byOptions, otherServer ? new OtherServer() : null);

        var refused = await Assert.ThrowsAsync<InvalidOperationException>(() => app.StartAsync(Cancellation));

        Assert.Contains("app.UseIsapiFilters()", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Raw_data_needs_kestrel()
    {
        await using var app = Build(byOptions: false, new OtherServer());
        app.UseIsapiFilters();

        var refused = await Assert.ThrowsAsync<InvalidOperationException>(() => app.StartAsync(Cancellation));

        Assert.Contains("only connections of Kestrel have", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_transport_that_would_pass_the_filters_by_stops_the_start()
    {
        await using var app = Build(byOptions: false, server: null, services =>
            services.AddSingleton<IConnectionListenerFactory, SocketTransportFactory>());
        app.UseIsapiFilters();

        var refused = await Assert.ThrowsAsync<InvalidOperationException>(() => app.StartAsync(Cancellation));

        Assert.Contains("another transport", refused.Message, StringComparison.Ordinal);
    }

    private WebApplication Build(bool byOptions, IServer? server, Action<IServiceCollection>? services = null)
    {
        var filter = _compiler.BuildSharedObject("../filters/raw-blocks.c", "raw-blocks.so");
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        if (server is null)
        {
            builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        }
        else
        {
            builder.Services.AddSingleton(server);
        }

        if (byOptions)
        {
            builder.Services.AddIsapi(options => options.Filters.Add(filter));
        }
        else
        {
            builder.Services.AddIsapiFilter(filter);
        }

        services?.Invoke(builder.Services);
        return builder.Build();
    }

    /// <summary>A server without connections, as TestServer or HTTP.sys.</summary>
    private sealed class OtherServer : IServer
    {
        public IFeatureCollection Features { get; } = new FeatureCollection();

        public Task StartAsync<TContext>(IHttpApplication<TContext> application, CancellationToken cancellationToken)
            where TContext : notnull => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public void Dispose()
        {
        }
    }
}
