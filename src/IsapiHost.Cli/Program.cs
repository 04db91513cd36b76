using IsapiHost;
using IsapiHost.Cli.CommandLine;
using IsapiHost.Cli.Configuration;
using IsapiHost.Cli.Forwarding;
using IsapiHost.Cli.Hosting;
using IsapiHost.Cli.Output;
using IsapiHost.Hosting;
using IsapiHost.Modules;
using IsapiHost.Modules.Loading;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

RedirectedOutput.UseUtf8();

FaultList faults = new();
HostCommandLine line = HostCommandLine.Parse(args, faults);
if (line.TryAnswer(Console.Out))
{
    return ExitCode.Stopped;
}

if (line.IsSubcommand)
{
    return faults.Any ? faults.Report(Console.Error) : ProcessEnd.With(await line.RunSubcommandAsync());
}

IConfigurationRoot configuration = ConfigurationSources.Load(Directory.GetCurrentDirectory(), faults);
HostSettings settings = HostSettingsBinder.Bind(line.Settings, configuration, faults);
if (faults.Any)
{
    return faults.Report(Console.Error);
}

ErrorOutput.Write(OtherSections.Unread(configuration));
WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new() { ContentRootPath = Directory.GetCurrentDirectory() });
builder.Configuration.AddConfiguration(configuration);
builder.Logging.AddQuietConsole(configuration, settings.LogRequests);
builder.AddKestrel(settings.Urls);
builder.WebHost.UseIsapiTransport();
builder.Services.AddIsapi(settings.Section);
builder.Services.Configure<IsapiOptions>(options => options.RequestHeaderEncoding = KestrelSetup.HeaderEncoding);
builder.Services.AddShutdownTimeout();
if (settings.Forward is not null)
{
    builder.Services.AddSiteForwarder();
}

builder.Services.AddHostFiltering(options => options.AllowedHosts = [.. settings.AllowedHosts]);

await using WebApplication app = builder.Build();
IReadOnlyList<LoadedModule> modules = ModuleLoading.LoadAll(
    app.Services.GetRequiredService<IsapiModules>(), settings.Handlers, settings.Filters, out IReadOnlyList<string> failures);
if (failures.Count > 0)
{
    ErrorOutput.Write(failures);
    return ProcessEnd.With(ExitCode.ModuleNotLoaded);
}

app.UseTrustedProxies(settings.Proxies);
app.UseIsapiRequestLog();
if (settings.AllowedHosts.Count > 0)
{
    app.UseHostFiltering();
}

app.UseIsapiFilters();
app.UseIsapi();
if (settings.Forward is { } site)
{
    app.RunSiteForwarder(site, settings.ForwardOptions);
}
else
{
    app.RunNotFoundPage(settings.Handlers);
}

TextWriter output = LoggingSetup.IsForMachines(configuration)
    ? new LoggedLines(app.Services.GetRequiredService<ILoggerFactory>().CreateLogger(LoggedLines.Category))
    : Console.Out;
Banner banner = new(output);
banner.WriteModules(modules);
banner.WriteForward(settings.Forward);
try
{
    await app.StartAsync();
}
catch (Exception e) when (StartFailure.Explain(e, settings.Urls) is { } failure)
{
    ErrorOutput.Write([failure.Sentence]);
    await app.StopAsync();
    return ProcessEnd.With(failure.ExitCode);
}

app.AnnounceStopping(banner);
banner.WriteAddresses(app.Urls, settings.Handlers);
await app.WaitForShutdownAsync();
await app.DisposeAsync();
return ProcessEnd.With(ExitCode.Stopped);
