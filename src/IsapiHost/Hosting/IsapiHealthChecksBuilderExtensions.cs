using IsapiHost;
using IsapiHost.Extensions;
using IsapiHost.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Lets an application's health checks hear of extensions.</summary>
public static class IsapiHealthChecksBuilderExtensions
{
    /// <summary>
    /// Adds a check that fails once an extension has called <c>HSE_REQ_REPORT_UNHEALTHY</c> (HttpExt.h), and stays failed until the
    /// process is started anew: IIS recycles the worker process at that point. Requests go on being answered.
    /// </summary>
    /// <param name="builder">From <c>services.AddHealthChecks()</c>; the application also calls <c>AddIsapi</c>.</param>
    /// <param name="name">The name of the check; <c>isapi</c> by default.</param>
    /// <param name="failureStatus">What the check reports then; null is <see cref="HealthStatus.Unhealthy"/>.</param>
    /// <param name="tags">Tags by which endpoints choose their checks; none by default.</param>
    /// <param name="timeout">How long the check may take; null is for ever. It only reads what has been reported.</param>
    public static IHealthChecksBuilder AddIsapi(
        this IHealthChecksBuilder builder,
        string name = "isapi",
        HealthStatus? failureStatus = null,
        IEnumerable<string>? tags = null,
        TimeSpan? timeout = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.Add(new HealthCheckRegistration(
            name, services => new IsapiHealthCheck(services.RequireIsapi<ExtensionHost>()), failureStatus, tags, timeout));
    }
}
