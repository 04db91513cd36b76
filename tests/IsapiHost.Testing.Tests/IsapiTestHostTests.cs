using System.Net;
using IsapiHost.Modules;
using IsapiHost.Testing.Logging;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace IsapiHost.Testing.Tests;

public sealed class IsapiTestHostTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_extension_responses_at_its_file_name(bool inMemory)
    {
        await using IsapiTestHost host = await IsapiTestHost.StartAsync(
            NativeModules.SharedObject("hello"), o => { o.InMemory = inMemory; o.Isapi.Site.ServerSoftware = "Old/1.0"; }, Cancellation);

        HttpResponseMessage response = await host.Client.GetAsync("/hello.so/some/path?name=you", Cancellation);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("Hello, you!\nGET /some/path\nOld/1.0\n", await response.Content.ReadAsStringAsync(Cancellation));
        Assert.Equal("hello: the smallest useful extension", Assert.Single(host.Extensions).Description);
        Assert.Equal(HttpStatusCode.NotFound, (await host.Client.GetAsync("/other", Cancellation)).StatusCode);
    }

    [Fact]
    public async Task Several_extensions_mappings_and_middleware_share_a_host()
    {
        await using IsapiTestHost host = await IsapiTestHost.StartAsync(
            o =>
            {
                o.AddExtension(NativeModules.SharedObject("form")).Map("/scripts/old.dll", NativeModules.SharedObject("hello"));
                o.ConfigureApplication = app => app.Use(next => context =>
                {
                    context.Response.Headers["X-Before"] = "yes";
                    return next(context);
                });
            }, Cancellation);

        HttpResponseMessage response = await host.Client.GetAsync("/scripts/old.dll", Cancellation);

        Assert.Equal("yes", response.Headers.GetValues("X-Before").Single());
        Assert.StartsWith("Hello, stranger!", await response.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
        Assert.Equal(["form.so", "hello.so"], host.Extensions.Select(e => Path.GetFileName(e.Path)));
        Assert.NotEqual(HttpStatusCode.NotFound, (await host.Client.GetAsync("/form.so", Cancellation)).StatusCode);
    }

    [Fact]
    public async Task The_servers_log_is_kept_and_readable_after_the_end()
    {
        ServerLog log;
        await using (IsapiTestHost host = await IsapiTestHost.StartAsync(NativeModules.SharedObject("hello"), cancellationToken: Cancellation))
        {
            await host.Client.GetAsync("/hello.so?name=x", Cancellation);
            log = host.Log;
        }

        ServerLogEntry entry = Assert.Single(log.Entries, e => e.Category == "IsapiHost.Requests");
        Assert.Equal((LogLevel.Information, 100), (entry.Level, entry.EventId.Id));
        Assert.Contains(" 127.0.0.1 - GET /hello.so?name=x 200 ", entry.Message, StringComparison.Ordinal);
        Assert.Matches(@"Information IsapiHost.Requests\[100\] \S+Z 127.0.0.1 - GET /hello.so", log.ToString());
    }

    [Fact]
    public async Task Many_hosts_run_at_once()
    {
        string module = NativeModules.SharedObject("hello");

        string[] responses = await Task.WhenAll(Enumerable.Range(0, 12).Select(async number =>
        {
            await using IsapiTestHost host = await IsapiTestHost.StartAsync(module, o => o.InMemory = number % 3 == 0, Cancellation);
            return await host.Client.GetStringAsync($"/hello.so?name={number}", Cancellation);
        }));

        Assert.Equal(Enumerable.Range(0, 12).Select(n => $"Hello, {n}!"), responses.Select(a => a.Split('\n')[0]));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_module_that_cannot_be_loaded_ends_the_others_and_says_why(bool inMemory)
    {
        string good = NativeModules.SharedObject("hello"), bad = NativeModules.SharedObject("not-an-extension");

        ModuleLoadException failure = await Assert.ThrowsAsync<ModuleLoadException>(
            () => IsapiTestHost.StartAsync(o => { o.AddExtension(good).AddExtension(bad); o.InMemory = inMemory; }, Cancellation));

        Assert.Equal(ModuleLoadError.MissingExport, failure.Error);
    }

    [Fact]
    public async Task The_end_does_not_wait_for_a_request_that_never_ends()
    {
        IsapiTestHost host = await IsapiTestHost.StartAsync(
            NativeModules.SharedObject("endless"), o => o.Isapi.ShutdownTimeout = TimeSpan.FromMilliseconds(200), Cancellation);
        Task<HttpResponseMessage> request = host.Client.GetAsync("/endless.so", Cancellation);

        await host.DisposeAsync();
        await host.DisposeAsync();

        await Assert.ThrowsAnyAsync<Exception>(() => request);
    }
}
