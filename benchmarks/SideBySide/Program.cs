using System.Globalization;
using IsapiHost;
using IsapiHost.Cli.Hosting;
using IsapiHost.Cli.Output;
using IsapiHost.Hosting;
using IsapiHost.SideBySide;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

// One program for both servers, so that they differ in nothing but the end of the pipeline.

if (args is not (["plain", _, _] or ["isapi", _, _, _, ..]))
{
    Console.Error.WriteLine("usage: SideBySide plain SETTINGS FOLDER\n       SideBySide isapi SETTINGS FOLDER MODULE [FILTER...]\nSETTINGS is a JSON file with a section Kestrel.");
    return 2;
}

var folder = Path.GetFullPath(args[2]);
var builder = WebApplication.CreateEmptyBuilder(new() { ContentRootPath = folder });
builder.Logging.AddQuietConsole(builder.Configuration, logRequests: false);
builder.Configuration.AddJsonFile(Path.GetFullPath(args[1]));
builder.AddKestrel([]);
if (args[0] == "isapi")
{
    builder.WebHost.UseIsapiTransport();
    builder.Services.AddIsapi(options =>
    {
        options.Root = folder;
        options.RequestHeaderEncoding = KestrelSetup.HeaderEncoding;
        options.Handlers.Add(HandlerMapping.Parse(PlainAnswers.Prefix, args[3]));

        // Thousands of connections send at the same moment; by default all but 1,000 of them would get 503.
        options.Threads.QueueLimit = 16_384;
    });
    foreach (var filter in args[4..])
    {
        builder.Services.AddIsapiFilter(filter);
    }
}

await using var app = builder.Build();

// What the managed heap has given out so far; compare.sh asks before and after a run.
app.Use(next => context => context.Request.Path.Value == "/allocated"
    ? context.Response.WriteAsync(GC.GetTotalAllocatedBytes(precise: true).ToString(CultureInfo.InvariantCulture))
    : next(context));

if (args[0] == "isapi")
{
    app.UseIsapiFilters();
    app.UseIsapi();
}
else
{
    app.Run(new PlainAnswers(folder).AnswerAsync);
}

await app.RunAsync();
return 0;
