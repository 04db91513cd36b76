using IsapiHost.Extensions;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace IsapiHost.Hosting;

/// <summary>Fails as soon as an extension has reported the process to be unhealthy.</summary>
internal sealed class IsapiHealthCheck(ExtensionHost host) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(host.Health.IsHealthy
            ? HealthCheckResult.Healthy()
            : new HealthCheckResult(
                context.Registration.FailureStatus,
                $"Reported unhealthy by {string.Join(", ", host.Health.Reports.Keys.Select(Path.GetFileName))}; restart the process.",
                data: host.Health.Reports.ToDictionary(report => report.Key, report => (object)report.Value)));
}
