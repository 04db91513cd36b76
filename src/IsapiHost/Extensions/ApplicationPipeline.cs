using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;

namespace IsapiHost.Extensions;

/// <summary>The application's whole pipeline, for requests that extensions start themselves.</summary>
internal sealed class ApplicationPipeline : IStartupFilter
{
    private RequestDelegate? _pipeline;
    private IHttpContextFactory? _contexts;

    /// <summary>The application's services.</summary>
    public IServiceProvider Services { get; private set; } = null!;

    // Runs once at start and takes the whole pipeline; it puts nothing into it, so requests pay nothing.
    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        Services = app.ApplicationServices;
        _contexts = Services.GetRequiredService<IHttpContextFactory>();
        app.Use(pipeline =>
        {
            _pipeline = pipeline;
            return pipeline;
        });
        next(app);
    };

    public HttpContext CreateContext(IFeatureCollection features) => _contexts!.Create(features);

    public void DisposeContext(HttpContext context) => _contexts!.Dispose(context);

    /// <summary>Answers a request from the first middleware on.</summary>
    public Task RunAsync(HttpContext context) => _pipeline!(context);
}
