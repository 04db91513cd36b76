using System.Net;
using IsapiHost.Cli.Recording;
using IsapiHost.Testing;
using IsapiHost.Testing.Sending;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace IsapiHost.Cli.Tests.Recording;

/// <summary>A recording is played back against the server that it was made with, and against one that responds otherwise.</summary>
public sealed class ForwardingServerTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("isapihost-");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task What_is_recorded_can_be_sent_again_and_answers_as_before()
    {
        Environment.SetEnvironmentVariable("ISAPIHOST_AUTHORIZATION", "Basic eDp5");
        Environment.SetEnvironmentVariable("ISAPIHOST_PASSWORD", "geheim");
        await using IsapiTestHost target = await Echo("v1");
        await RecordAsync(target);

        string[] files = [.. Directory.GetFiles(_folder.FullName, "*.http").Order()];
        Assert.Equal(6, files.Length);
        string all = string.Concat(Directory.GetFiles(_folder.FullName).Select(File.ReadAllText));
        Assert.DoesNotContain("eDp5", all, StringComparison.Ordinal);
        Assert.DoesNotContain("geheim", all, StringComparison.Ordinal);
        Assert.DoesNotContain("session-of-a-user", all, StringComparison.Ordinal);

        foreach (string file in files)
        {
            HttpFileReport report = await target.RunHttpFileAsync(file, Cancellation);
            Assert.True(report.Passed, report.ToString());
        }

        await using IsapiTestHost other = await Echo("v2");
        Assert.False((await other.RunHttpFileAsync(files[0], Cancellation)).Passed);
    }

    [Fact]
    public async Task A_target_that_is_not_there_gives_502()
    {
        IsapiTestHost gone = await Echo("x");
        Uri address = gone.BaseAddress;
        await gone.DisposeAsync();
        await using WebApplication recorder = ForwardingServer.Create(address, ServerTrust.System, ["http://127.0.0.1:0"], (_, _) => Assert.Fail("nothing to record"));
        await recorder.StartAsync(Cancellation);
        using HttpClient client = new(new SocketsHttpHandler { UseCookies = false }) { BaseAddress = new Uri(recorder.Urls.First()) };

        HttpResponseMessage response = await client.GetAsync("/", Cancellation);

        Assert.Equal(HttpStatusCode.BadGateway, response.StatusCode);
        Assert.Contains("correct --target", await response.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
    }

    private async Task RecordAsync(IsapiTestHost target)
    {
        ExchangeWriter writer = new(RecordedFiles.Open(_folder.FullName, [])!, target.BaseAddress, keepCredentials: false);
        await using WebApplication recorder = ForwardingServer.Create(target.BaseAddress, ServerTrust.System, ["http://127.0.0.1:0"], (exchange, address) => writer.Write(exchange, address));
        await recorder.StartAsync(Cancellation);
        using HttpClient client = new(new SocketsHttpHandler { UseCookies = false }) { BaseAddress = new Uri(recorder.Urls.First()) };
        client.DefaultRequestHeaders.Add("X-Template", "{{not a variable}}");
        HttpContent[] bodies =
        [
            new StringContent("user=a&password=geheim", null, "application/x-www-form-urlencoded"),
            new StringContent("{\"t\": \"{{x}}\", \"password\": \"geheim\"}\r\nlines\n\n", null, "application/json"),
            new ByteArrayContent([0, 1, 0xFF, .. Enumerable.Repeat((byte)7, 9000)]),
            new StringContent("### plain\n# expect status 200\n", null, "text/plain"),
        ];

        await Send(new HttpRequestMessage(HttpMethod.Get, "/a%2fb?x=%7B{y}&password=geheim"));
        foreach (HttpContent body in bodies)
        {
            await Send(new HttpRequestMessage(HttpMethod.Post, "/post") { Content = body });
        }

        await Send(new HttpRequestMessage(HttpMethod.Delete, "/it"));

        async Task Send(HttpRequestMessage request)
        {
            request.Headers.TryAddWithoutValidation("Authorization", "Basic eDp5");
            HttpResponseMessage response = await client.SendAsync(request, Cancellation);
            Assert.Equal((HttpStatusCode)207, response.StatusCode);
            Assert.Equal("Many", response.ReasonPhrase);
        }
    }

    /// <summary>A server whose response is what it received.</summary>
    private static Task<IsapiTestHost> Echo(string version) => IsapiTestHost.StartAsync(
        o => o.ConfigureApplication = app => app.Run(async context =>
        {
            using MemoryStream body = new();
            await context.Request.Body.CopyToAsync(body);
            string target = context.Features.Get<Microsoft.AspNetCore.Http.Features.IHttpRequestFeature>()!.RawTarget;
            string authorised = context.Request.Headers.Authorization == "Basic eDp5" ? "yes" : "no";
            context.Response.StatusCode = 207;
            context.Features.Get<Microsoft.AspNetCore.Http.Features.IHttpResponseFeature>()!.ReasonPhrase = "Many";
            context.Response.Headers.SetCookie = "id=session-of-a-user; path=/";
            context.Response.Headers["X-Seen"] = $"{version} {context.Request.Method} {target.Length} {context.Request.Headers["X-Template"]} {authorised}";
            string digest = Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(body.ToArray()));
            await context.Response.WriteAsync($"{version} {body.Length} {digest} at http://{context.Request.Host}\n");
        }), Cancellation);
}
