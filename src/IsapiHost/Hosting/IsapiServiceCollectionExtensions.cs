using System.Text;
using IsapiHost;
using IsapiHost.Diagnostics;
using IsapiHost.Extensions;
using IsapiHost.Filters;
using IsapiHost.Filters.Raw;
using IsapiHost.Hosting;
using IsapiHost.Modules;
using IsapiHost.Requests;
using IsapiHost.Transport;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds the ISAPI host to an application's services.</summary>
public static class IsapiServiceCollectionExtensions
{
    /// <summary>Adds what <c>MapIsapi</c> and <c>UseIsapi</c> need.</summary>
    /// <param name="services">The application's services.</param>
    /// <param name="configure">Sets the options; may be called several times.</param>
    public static IServiceCollection AddIsapi(this IServiceCollection services, Action<IsapiOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        if (configure is not null)
        {
            services.Configure(configure);
        }

        services.AddMetrics();
        services.TryAddSingleton(provider => new SiteSettings(provider.GetRequiredService<IOptions<IsapiOptions>>().Value));
        services.TryAddSingleton<IsapiMetrics>();
        services.TryAddSingleton<RequestLog>();
        services.TryAddSingleton<IsapiModules>();
        services.TryAddSingleton<ApplicationPipeline>();
        services.TryAddSingleton<ExtensionHost>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IConnectionListenerFactory, IsapiTransportFactory>());
        services.TryAddSingleton<FilterHost>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IStartupFilter, ApplicationPipeline>(provider => provider.GetRequiredService<ApplicationPipeline>()));
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, IsapiLifetime>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IPostConfigureOptions<KestrelServerOptions>, ResponseHeaderBytes>());
        return services;
    }

    /// <summary>Adds an ISAPI filter, and what <c>UseIsapiFilters</c> needs. Filters of equal priority are called in the order of these calls.</summary>
    /// <param name="services">The application's services.</param>
    /// <param name="modulePath">The file of the filter, absolute or relative to the current folder.</param>
    public static IServiceCollection AddIsapiFilter(this IServiceCollection services, string modulePath)
    {
        ArgumentException.ThrowIfNullOrEmpty(modulePath);
        services.AddIsapi(options => options.Filters.Add(modulePath));
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IConnectionListenerFactory, RawListenerFactory>());
        return services;
    }

    /// <summary>Lets extensions send header bytes above 0x7F, which Kestrel refuses unless it is told how to encode them.</summary>
    private sealed class ResponseHeaderBytes : IPostConfigureOptions<KestrelServerOptions>
    {
        public void PostConfigure(string? name, KestrelServerOptions options)
        {
            var selector = options.ResponseHeaderEncodingSelector;
            options.ResponseHeaderEncodingSelector = header => selector(header) ?? Encoding.Latin1;
        }
    }
}
