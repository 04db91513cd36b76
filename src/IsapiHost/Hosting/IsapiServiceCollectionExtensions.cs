using System.Text;
using IsapiHost;
using IsapiHost.Diagnostics;
using IsapiHost.Extensions;
using IsapiHost.Filters;
using IsapiHost.Filters.Raw;
using IsapiHost.Hosting;
using IsapiHost.Hosting.Settings;
using IsapiHost.Modules;
using IsapiHost.Requests;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds the ISAPI host to an application's services.</summary>
public static class IsapiServiceCollectionExtensions
{
    /// <summary>Adds what <c>MapIsapi</c> and <c>UseIsapi</c> need, with options as they are by default.</summary>
    /// <param name="services">The application's services.</param>
    public static IServiceCollection AddIsapi(this IServiceCollection services) => services.AddIsapi(static _ => { });

    /// <summary>Adds what <c>MapIsapi</c> and <c>UseIsapi</c> need.</summary>
    /// <param name="services">The application's services.</param>
    /// <param name="configure">Sets the options; may be called several times.</param>
    public static IServiceCollection AddIsapi(this IServiceCollection services, Action<IsapiOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(configure);
        services.Configure(configure);
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IPostConfigureOptions<IsapiOptions>, IsapiOptionsSetup>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<IsapiOptions>, IsapiOptionsSetup>());
        services.AddOptions<IsapiOptions>().ValidateOnStart();
        services.AddMetrics();
        services.TryAddSingleton(provider => new SiteSettings(provider.GetRequiredService<IOptions<IsapiOptions>>().Value));
        services.TryAddSingleton<IsapiMetrics>();
        services.TryAddSingleton<RequestLog>();
        services.TryAddSingleton(provider => new IsapiModules(provider.GetRequiredService<ILoggerFactory>()));
        services.TryAddSingleton<ApplicationPipeline>();
        services.TryAddSingleton<ExtensionHost>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IConnectionListenerFactory, RawListenerFactory>());
        services.TryAddSingleton<FilterHost>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IStartupFilter, FiltersAtStart>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IStartupFilter, ApplicationPipeline>(provider => provider.GetRequiredService<ApplicationPipeline>()));
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IStartupFilter, DuplicateRoutes>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, IsapiLifetime>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, RefusedTargets>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IPostConfigureOptions<KestrelServerOptions>, HeaderBytes>());
        return services;
    }

    /// <summary>Adds what <c>MapIsapi</c> and <c>UseIsapi</c> need, with the options that a section of the configuration has.</summary>
    /// <param name="services">The application's services.</param>
    /// <param name="section">
    /// <c>configuration.GetSection("Isapi")</c>: the settings of docs/configuration.md, the same as for the command. They are read once, when the
    /// application starts.
    /// </param>
    /// <exception cref="OptionsValidationException">
    /// Thrown when the application starts: a name is unknown, or a value is not as it must be. The message has each of them with its remedy.
    /// </exception>
    public static IServiceCollection AddIsapi(this IServiceCollection services, IConfiguration section)
    {
        ArgumentNullException.ThrowIfNull(section);
        services.AddIsapi();
        IsapiConfiguration configuration = new(section);
        services.AddSingleton<IConfigureOptions<IsapiOptions>>(configuration);
        services.AddSingleton<IValidateOptions<IsapiOptions>>(configuration);
        return services;
    }

    /// <summary>
    /// Adds an ISAPI filter to <see cref="IsapiOptions.Filters"/>. Filters of equal priority are called in the order of that list. The application
    /// calls <c>UseIsapiFilters</c>; without that it does not start.
    /// </summary>
    /// <param name="services">The application's services.</param>
    /// <param name="modulePath">The file of the filter, absolute or relative to the content root.</param>
    public static IServiceCollection AddIsapiFilter(this IServiceCollection services, string modulePath)
    {
        ArgumentException.ThrowIfNullOrEmpty(modulePath);
        return services.AddIsapi(options => options.Filters.Add(modulePath));
    }

    /// <summary>
    /// Lets extensions send header bytes above 0x7F, which Kestrel refuses unless it is told how to encode them, and keeps Kestrel's own reading of
    /// Content-Length: given an encoding it would take control characters around the number, and fail on long ones.
    /// </summary>
    private sealed class HeaderBytes : IPostConfigureOptions<KestrelServerOptions>
    {
        public void PostConfigure(string? name, KestrelServerOptions options)
        {
            var ofResponse = options.ResponseHeaderEncodingSelector;
            options.ResponseHeaderEncodingSelector = header => ofResponse(header) ?? Encoding.Latin1;

            var ofRequest = options.RequestHeaderEncodingSelector;
            if (ofRequest(HeaderNames.ContentLength) is not null)
            {
                options.RequestHeaderEncodingSelector =
                    header => header.Equals(HeaderNames.ContentLength, StringComparison.OrdinalIgnoreCase) ? null : ofRequest(header);
            }
        }
    }
}
