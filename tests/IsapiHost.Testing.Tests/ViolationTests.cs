using IsapiHost.Tracing;

namespace IsapiHost.Testing.Tests;

public sealed class ViolationTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("content-length-mismatch")]
    [InlineData("head-malformed")]
    [InlineData("head-sent-twice")]
    [InlineData("control-block-overwritten")]
    [InlineData("finished-twice")]
    [InlineData("used-after-end")]
    [InlineData("write-after-final-send")]
    [InlineData("buffer-changed-before-completion")]
    [InlineData("buffer-changed-before-completion&by=1")]
    [InlineData("buffer-changed-before-completion&by=2")]
    public async Task A_violation_is_found_and_named(string query)
    {
        IReadOnlyList<Violation> violations = await ViolationsOf("violate", $"?{query}");

        Violation violation = Assert.Single(violations);
        Assert.Equal(query.Split('&')[0], violation.Name);
        Assert.Equal("GET /violate.so", violation.Request);
    }

    [Fact]
    public async Task A_second_operation_is_found_while_the_first_waits_for_the_client()
    {
        IsapiTestHost host = await IsapiTestHost.StartAsync(NativeModules.SharedObject("violate"), cancellationToken: Cancellation);
        await using (host)
        {
            await host.Client.GetAsync("/violate.so?second-asynchronous-operation", Cancellation);
        }

        Violation violation = Assert.Single(host.Violations);
        Assert.Equal("second-asynchronous-operation", violation.Name);
        Assert.StartsWith("WriteClient(5 bytes \"text", violation.Call, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_pending_request_is_found_at_shutdown()
    {
        IsapiTestHost host = await IsapiTestHost.StartAsync(
            NativeModules.SharedObject("violate"), o => o.Isapi.ShutdownTimeout = TimeSpan.FromMilliseconds(200), Cancellation);
        HttpResponseMessage response = await host.Client.GetAsync(
            "/violate.so?session-never-finished", HttpCompletionOption.ResponseHeadersRead, Cancellation);
        await host.DisposeAsync();

        response.Dispose();
        Assert.Equal("session-never-finished", Assert.Single(host.Violations).Name);
        Assert.Equal(TraceOutcome.Abandoned, Assert.Single(host.Trace).Outcome);
    }

    [Fact]
    public async Task A_request_that_is_left_alone_is_found_while_it_is_pending()
    {
        await using IsapiTestHost host = await IsapiTestHost.StartAsync(
            NativeModules.SharedObject("violate"),
            o => (o.Isapi.Violations.PendingTime, o.Isapi.ShutdownTimeout) = (TimeSpan.FromMilliseconds(200), TimeSpan.Zero), Cancellation);
        using HttpResponseMessage response = await host.Client.GetAsync(
            "/violate.so?session-never-finished", HttpCompletionOption.ResponseHeadersRead, Cancellation);

        while (host.Violations.Count == 0)
        {
            await Task.Delay(50, Cancellation);
        }

        await host.DisposeAsync();
        Assert.Equal("left alone for more than 0.2 s", Assert.Single(host.Violations).Detail);
    }

    [Theory]
    [InlineData("hello")]
    [InlineData("form")]
    [InlineData("worker")]
    public async Task A_correct_sample_commits_none(string module)
    {
        Assert.Empty(await ViolationsOf(module, "?name=you"));
    }

    [Fact]
    public async Task Ten_thousand_correct_requests_raise_no_alarm()
    {
        IsapiTestHost host = await IsapiTestHost.StartAsync(NativeModules.SharedObject("hello"), cancellationToken: Cancellation);
        await using (host)
        {
            await Parallel.ForAsync(0, 10_000, Cancellation, async (_, cancellation) => await host.Client.GetStringAsync("/hello.so", cancellation));
        }

        Assert.Empty(host.Violations);
        Assert.Equal(1_000, host.Trace.Count);
    }

    [Fact]
    public async Task A_trace_has_every_call_and_no_secrets()
    {
        IsapiTestHost host = await IsapiTestHost.StartAsync(NativeModules.SharedObject("violate"), cancellationToken: Cancellation);
        await using (host)
        {
            await host.Client.GetAsync("/violate.so?clean", Cancellation);
        }

        RequestTrace trace = Assert.Single(host.Trace);
        Assert.Equal(["HttpExtensionProc", "SEND_RESPONSE_HEADER_EX", "WriteClient"], trace.Calls.Select(call => call.Name));
        Assert.Equal("HSE_STATUS_SUCCESS", trace.Calls[0].Result);
        Assert.Equal("\"200 OK\", \"Content-Type: text/plain\\r\\nSet-Cookie:***\\r\\n\\r\\n\", keep the connection", trace.Calls[1].Arguments);
        Assert.Equal("5 bytes \"text\\n\", SYNC", trace.Calls[2].Arguments);
        Assert.Equal((200, 5L, TraceFraming.Length, TraceOutcome.Success), (trace.Status, trace.Bytes, trace.Framing, trace.Outcome));
    }

    private static async Task<IReadOnlyList<Violation>> ViolationsOf(string module, string query)
    {
        IsapiTestHost host = await IsapiTestHost.StartAsync(NativeModules.SharedObject(module), cancellationToken: Cancellation);
        await using (host)
        {
            await host.Client.GetAsync($"/{module}.so{query}", Cancellation);
        }

        return host.Violations;
    }
}
