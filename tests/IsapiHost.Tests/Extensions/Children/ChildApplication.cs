using System.Net;
using IsapiHost.Hosting;
using IsapiHost.Tests.Modules;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace IsapiHost.Tests.Extensions.Children;

/// <summary>An application on a real Kestrel with endpoints of its own, for extensions that start child requests.</summary>
public sealed class ChildApplication : IAsyncDisposable
{
    private readonly ModuleCompiler _compiler = new();
    private WebApplication? _application;

    public HttpClient Client { get; private set; } = null!;

    public bool IsStarted => Client is not null;

    public ScopeMark? LastScope { get; private set; }

    /// <summary>A module of tests/native.</summary>
    public string Module(string name) => _compiler.BuildSharedObject($"../{name}.c", $"{name}.so");

    /// <summary>A file of the test's own.</summary>
    public string WriteFile(string name, string text)
    {
        var path = Path.Combine(_compiler.Folder, name);
        File.WriteAllText(path, text);
        return path;
    }

    public async Task Start(Action<IsapiOptions> configure, Action<WebApplication> map)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        builder.Services.AddRouting().AddHttpContextAccessor().AddScoped<ScopeMark>().AddIsapi(configure);

        _application = builder.Build();
        map(_application);
        _application.UseRouting();
        MapEndpoints(_application);
        await _application.StartAsync(TestContext.Current.CancellationToken);
        Client = new HttpClient { BaseAddress = new Uri(_application.Urls.Single()) };
    }

    public async ValueTask DisposeAsync()
    {
        Client?.Dispose();
        if (_application is not null)
        {
            await _application.DisposeAsync();
        }

        _compiler.Dispose();
    }

    private void MapEndpoints(IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet("/text", context =>
        {
            context.Response.Headers["X-Endpoint"] = "text";
            return context.Response.WriteAsync("from the endpoint\n");
        });
        endpoints.MapGet("/late-header", async context =>
        {
            context.Response.OnStarting(() =>
            {
                context.Response.Headers["X-Late"] = "yes";
                return Task.CompletedTask;
            });
            context.Response.StatusCode = StatusCodes.Status201Created;
            await context.Response.StartAsync();
        });
        endpoints.MapGet("/large/{megabytes:int}", async context =>
        {
            var size = int.Parse((string)context.GetRouteValue("megabytes")!, System.Globalization.CultureInfo.InvariantCulture) * 1024 * 1024;
            context.Response.ContentLength = size;
            await context.Response.Body.WriteAsync(new byte[size]);
        });
        endpoints.MapGet("/missing", context =>
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return Task.CompletedTask;
        });
        endpoints.MapGet("/fails", string (HttpContext _) => throw new InvalidOperationException("This endpoint fails."));
        endpoints.MapGet("/scope", (HttpContext context, ScopeMark mark, IHttpContextAccessor accessor) =>
        {
            LastScope = mark;
            return $"own={ReferenceEquals(accessor.HttpContext, context)} q={context.Request.Query["q"]} items={context.Items.Count}\n";
        });
        endpoints.Map("/echo", async context =>
        {
            using var reader = new StreamReader(context.Request.Body);
            var body = await reader.ReadToEndAsync();
            var request = context.Request;
            await context.Response.WriteAsync(
                $"{request.Method} {request.Path}{request.QueryString} length={request.ContentLength} body={body} "
                + $"user={context.User.Identity?.Name}/{context.User.Identity?.AuthenticationType} "
                + $"child={request.Headers["X-Child"]} accept={request.Headers.Accept} mine={request.Headers["X-Mine"]}\n");
        });
    }

    /// <summary>Shows whether a request has a scope of its own, and whether that was left.</summary>
    public sealed class ScopeMark : IDisposable
    {
        public bool IsDisposed { get; private set; }

        public void Dispose() => IsDisposed = true;
    }
}
