using IsapiHost.Extensions;
using IsapiHost.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;

namespace IsapiHost.Tests.Hosting;

public sealed class IsapiHealthCheckTests
{
    [Fact]
    public async Task A_report_of_an_extension_fails_the_check_until_the_process_ends()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Services.AddIsapi();
        builder.Services.AddHealthChecks().AddIsapi(failureStatus: HealthStatus.Degraded, tags: ["ready"], timeout: TimeSpan.FromSeconds(10));
        await using var app = builder.Build();
        var checks = app.Services.GetRequiredService<HealthCheckService>();
        var health = app.Services.GetRequiredService<ExtensionHost>().Health;
        Assert.Equal(HealthStatus.Healthy, (await checks.CheckHealthAsync(TestContext.Current.CancellationToken)).Status);

        health.Report("/modules/ext.so", "out of\r\nhandles");
        var report = await checks.CheckHealthAsync(TestContext.Current.CancellationToken);

        Assert.Equal(HealthStatus.Degraded, report.Status);
        Assert.Contains("ext.so", report.Entries["isapi"].Description, StringComparison.Ordinal);
        Assert.Equal("out ofhandles", report.Entries["isapi"].Data["/modules/ext.so"]);
    }
}
