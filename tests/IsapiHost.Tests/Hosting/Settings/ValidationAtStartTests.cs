using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace IsapiHost.Tests.Hosting.Settings;

/// <summary>Wrong options end the start of an application, whatever server it has.</summary>
public sealed class ValidationAtStartTests
{
    [Fact]
    public async Task A_value_out_of_bounds_in_code_is_named()
    {
        var failure = await StartFailure(services => services.AddIsapi(options => options.Threads.Limit = 0));

        Assert.Equal(["IsapiOptions.Threads.Limit: \"0\": write a whole number from 1 to 10000."], failure.Failures);
    }

    [Fact]
    public async Task All_faults_of_a_section_are_named_at_once()
    {
        var failure = await StartFailure(
            services => services.AddIsapi(Configuration.GetSection("Isapi")), ("Isapi:Threads:Limit", "x"), ("Isapi:Thread:Limit", "1"), ("Isapi:Site:Id", "0"));

        Assert.Equal(3, failure.Failures.Count());
        Assert.Contains("Isapi:Threads:Limit: \"x\": write a whole number from 1 to 10000.", failure.Failures);
        Assert.Contains("Isapi:Thread:Limit: unknown setting. Did you mean Threads:Limit?", failure.Failures);
        Assert.Contains("IsapiOptions.Site.Id: \"0\": write a whole number from 1 to 2147483647.", failure.Failures);
    }

    private Microsoft.Extensions.Configuration.ConfigurationManager Configuration { get; } = new();

    private async Task<OptionsValidationException> StartFailure(Action<IServiceCollection> add, params (string Name, string Value)[] settings)
    {
        foreach (var (name, value) in settings)
        {
            Configuration[name] = value;
        }

        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseTestServer();
        add(builder.Services);
        await using var app = builder.Build();

        return await Assert.ThrowsAsync<OptionsValidationException>(() => app.StartAsync(TestContext.Current.CancellationToken));
    }
}
