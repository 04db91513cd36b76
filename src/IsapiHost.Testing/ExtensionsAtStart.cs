using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;

namespace IsapiHost.Testing;

/// <summary>
/// Loads filters and extensions while the server starts and not before: when one of several cannot be loaded, the host's own stop ends the others.
/// </summary>
internal sealed class ExtensionsAtStart(RequestsInProgress requests, Action<IApplicationBuilder>? before) : IStartupFilter
{
    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        app.Use(requests.PassAsync);
        app.UseIsapiFilters();
        before?.Invoke(app);
        app.UseIsapi();
        next(app);
    };
}
