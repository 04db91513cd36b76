using IsapiHost;
using IsapiHost.Cli.CommandLine;
using IsapiHost.Cli.Configuration;
using IsapiHost.Cli.Forwarding;
using IsapiHost.Cli.Hosting;
using IsapiHost.Cli.Hosting.Services;
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
var line = HostCommandLine.Parse(args, faults);
if (line.TryAnswer(Console.Out))
{
    return ExitCode.Stopped;
}

if (line.IsSubcommand)
{
    return faults.Any ? faults.Report(Console.Error) : ProcessEnd.With(await line.RunSubcommandAsync());
}

ServiceSetup.EnterFolder();
var configuration = ConfigurationSources.Load(Directory.GetCurrentDirectory(), ServiceSetup.LogFormat, faults);
var settings = HostSettingsBinder.Bind(line.Settings, configuration, faults);
var isForMachines = ServiceSetup.HasNoOutput || LoggingSetup.IsForMachines(configuration);
if (faults.Any)
{
    using var early = CommandOutput.BeforeStart(isForMachines, logging => AddLogs(logging, LoggingSetup.FormatAlone(configuration)));
    return faults.Report(early.Errors);
}

var builder = WebApplication.CreateEmptyBuilder(new() { ContentRootPath = Directory.GetCurrentDirectory() });
builder.Configuration.AddConfiguration(configuration);
builder.AddWindowsService();
AddLogs(builder.Logging, configuration);
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

await using var app = builder.Build();
var output = CommandOutput.Of(isForMachines, app.Services.GetRequiredService<ILoggerFactory>());
app.StopOnHangup();
ErrorOutput.Write(settings.Notes, output.Errors);
var modules = ModuleLoading.LoadAll(
    app.Services.GetRequiredService<IsapiModules>(), settings.Handlers, settings.Filters, out var failures);
if (failures.Count > 0)
{
    ErrorOutput.Write(failures, output.Errors);
    await app.DisposeAsync();
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

Banner banner = new(output.Lines);
banner.WriteModules(modules);
banner.WriteForward(settings.Forward);
app.NotifyServiceManager();
try
{
    await app.StartAsync();
}
catch (Exception e) when (StartFailure.Explain(e, settings.Urls) is { } failure)
{
    ErrorOutput.Write([failure.Sentence], output.Errors);
    return await EndAsync(failure.ExitCode);
}
catch (OperationCanceledException) when (app.Lifetime.ApplicationStopping.IsCancellationRequested)
{
    // Ctrl+C before the host listens.
    return await EndAsync(ExitCode.Stopped);
}

app.AnnounceStopping(banner);
banner.WriteAddresses(app.Urls, settings.Handlers);
await app.WaitForShutdownAsync();
await app.DisposeAsync();
return ProcessEnd.With(ExitCode.Stopped);

async Task<int> EndAsync(int exitCode)
{
    await app.StopAsync();
    await app.DisposeAsync();
    return ProcessEnd.With(exitCode);
}

void AddLogs(ILoggingBuilder logging, IConfiguration section)
{
    logging.AddQuietConsole(section, settings.LogRequests);
    logging.AddServiceLog();
}
