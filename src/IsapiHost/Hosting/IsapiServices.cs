using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace IsapiHost.Hosting;

/// <summary>What the extension methods of an application ask its services for.</summary>
internal static class IsapiServices
{
    /// <summary>A service that <c>AddIsapi</c> has added.</summary>
    /// <exception cref="InvalidOperationException">It was not called.</exception>
    public static T RequireIsapi<T>(this IServiceProvider services)
        where T : notnull => services.GetService<T>() ?? throw new InvalidOperationException(
            "The services of the ISAPI host are missing. Call builder.Services.AddIsapi() before the application is built.");

    /// <summary>Where relative paths start.</summary>
    public static string ContentRoot(this IServiceProvider services) =>
        services.GetService<IHostEnvironment>()?.ContentRootPath ?? Directory.GetCurrentDirectory();
}
