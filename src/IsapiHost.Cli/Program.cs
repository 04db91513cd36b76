using IsapiHost;
using IsapiHost.Cli;
using IsapiHost.Cli.CommandLine;
using IsapiHost.Cli.Configuration;
using IsapiHost.Cli.Hosting;
using IsapiHost.Cli.Output;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;

FaultList faults = new();
HostCommandLine line = HostCommandLine.Parse(args, faults);
if (line.TryAnswer(Console.Out))
{
    return ExitCode.Stopped;
}

IConfigurationRoot configuration = ConfigurationSources.Load(Directory.GetCurrentDirectory(), faults);
HostSettings settings = HostSettingsBinder.Bind(line, configuration, faults);
if (faults.Any)
{
    return faults.Report(Console.Error);
}

WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new() { ContentRootPath = Directory.GetCurrentDirectory() });
builder.Configuration.AddConfiguration(configuration);
builder.Logging.AddQuietConsole(configuration, settings.LogRequests);
builder.AddKestrel(settings.Urls);

await using WebApplication app = builder.Build();
app.RunNotFoundPage(settings.Handlers);

Banner banner = new(Console.Out);
banner.WriteModules([]);
app.Lifetime.ApplicationStopping.Register(banner.WriteStopping);
try
{
    await app.StartAsync();
}
catch (Exception e) when (StartFailure.Explain(e, settings.Urls) is { } failure)
{
    Console.Error.WriteLine($"isapihost: {failure.Sentence}");
    return failure.ExitCode;
}

banner.WriteAddresses(app.Urls, settings.Handlers);
await app.WaitForShutdownAsync();
return ExitCode.Stopped;
