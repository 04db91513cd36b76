using System.Net;
using IsapiHost.Hosting;
using IsapiHost.Tests.Modules;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace IsapiHost.Tests.Filters;

/// <summary>What filters see of an application's own endpoints when these throw.</summary>
public sealed class ApplicationFailureTests : IDisposable
{
    private static readonly string[] _before = ["PREPROC_HEADERS", "AUTHENTICATION", "AUTH_COMPLETE"];
    private static readonly string[] _after = ["SEND_RAW_DATA", "END_OF_REQUEST", "LOG"];

    private readonly ModuleCompiler _compiler = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _compiler.Dispose();

    [Theory]
    [InlineData("/throws", HttpStatusCode.InternalServerError)]
    [InlineData("/bad", HttpStatusCode.RequestHeaderFieldsTooLarge)]
    public async Task Filters_see_the_answer_to_an_application_that_failed(string path, HttpStatusCode status)
    {
        await using var app = await StartAsync();
        using HttpClient client = new() { BaseAddress = new Uri(app.Urls.First()) };

        using var response = await client.GetAsync(new Uri(path, UriKind.Relative), Cancellation);

        Assert.Equal(status, response.StatusCode);
        Assert.Empty(await response.Content.ReadAsByteArrayAsync(Cancellation));
        Assert.Equal(
            (string[])[.. _before, $"SEND_RESPONSE {(int)status}", .. _after], (await NotesAsync(client, path))[..7]);
    }

    [Fact]
    public async Task A_response_that_has_begun_breaks_off_and_is_ended_and_logged()
    {
        await using var app = await StartAsync();
        using HttpClient client = new() { BaseAddress = new Uri(app.Urls.First()) };

        await Assert.ThrowsAnyAsync<HttpRequestException>(() => client.GetStringAsync("/throws-late", Cancellation));

        Assert.Equal((string[])[.. _before, "SEND_RESPONSE 200", "SEND_RAW_DATA", .. _after, "END_OF_NET_SESSION"], await NotesAsync(client, "/throws-late"));
    }

    // What the filter wrote down of the first session, once the request is logged; without the mapping of URLs.
    private static async Task<string[]> NotesAsync(HttpClient client, string path)
    {
        while (true)
        {
            var lines = (await client.GetStringAsync("/sequence?log", Cancellation)).Split('\n', StringSplitOptions.RemoveEmptyEntries);
            var session = lines.First(line => line.EndsWith($"PREPROC_HEADERS {path}", StringComparison.Ordinal)).Split(' ')[0] + " ";
            string[] notes =
            [
                .. lines.Where(line => line.StartsWith(session, StringComparison.Ordinal)).Select(line => line.Split(' '))
                    .Where(words => words[1] is not ("URL_MAP" or "READ_RAW_DATA"))
                    .Select(words => words[1] == "SEND_RESPONSE" ? $"SEND_RESPONSE {words[2]}" : words[1]),
            ];
            if (notes.Contains(path == "/throws-late" ? "END_OF_NET_SESSION" : "LOG"))
            {
                return notes;
            }

            // Looking is noted down too, and there is an end to what the filter can note.
            await Task.Delay(50, Cancellation);
        }
    }

    private async Task<WebApplication> StartAsync()
    {
        var sequence = _compiler.BuildSharedObject("../filters/sequence.c", "sequence.so", "-pthread");
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        builder.Services.AddIsapi(options => options.Handlers.Add(HandlerMapping.Parse("/sequence", sequence)));
        builder.Services.AddIsapiFilter(sequence);
        var app = builder.Build();
        app.UseIsapiFilters();
        app.UseIsapi();
        app.Run(async context =>
        {
            switch (context.Request.Path.Value)
            {
                case "/bad":
                    throw new BadHttpRequestException("too much", StatusCodes.Status431RequestHeaderFieldsTooLarge);
                case "/throws-late":
                    await context.Response.WriteAsync("half", Cancellation);
                    throw new InvalidOperationException("late");
                default:
                    context.Response.Headers["X-Lost"] = "1";
                    throw new InvalidOperationException("early");
            }
        });
        await app.StartAsync(Cancellation);
        return app;
    }
}
