using System.Net;
using IsapiHost.EndToEnd.Hosting;
using IsapiHost.EndToEnd.Wire;

namespace IsapiHost.EndToEnd;

/// <summary>An extension that ends threads of the host (ExitThread).</summary>
public sealed class LostThreadTests
{
    [Theory, Platforms]
    public async Task A_request_whose_thread_ended_is_answered_and_others_go_on(Platform platform)
    {
        await using var host = await HostProcess.Start(platform, new HostSettings
        {
            Modules = ["exit-thread", "hello"],
            Environment = new Dictionary<string, string> { ["ISAPI__THREADS__LIMIT"] = "2" },
        });

        // More than there may be threads: each lost one is replaced.
        for (var i = 0; i < 4; i++)
        {
            using var lost = await host.Get("exit-thread");
            Assert.Equal(HttpStatusCode.InternalServerError, lost.StatusCode);
        }

        Assert.StartsWith("Hello, ", await host.GetText("hello"), StringComparison.Ordinal);
        Assert.Equal(0, await host.Stop());
        Assert.Contains("exit-thread", host.Output, StringComparison.Ordinal);
    }

    [Theory, Platforms]
    public async Task An_answer_that_was_begun_ends_with_its_connection(Platform platform)
    {
        await using var host = await HostProcess.Start(platform, new HostSettings { Modules = ["exit-thread", "hello"] });
        using var connection = await RawConnection.Open(host.Address);

        await connection.Request(host.Url("exit-thread", "?half"));
        var half = await connection.ReadToEnd();

        Assert.InRange(half.Length, 100_000, 199_999);
        Assert.StartsWith("Hello, ", await host.GetText("hello"), StringComparison.Ordinal);
        Assert.Equal(0, await host.Stop());
    }

    [Theory, Platforms]
    public async Task A_completion_may_end_its_thread_as_well(Platform platform)
    {
        await using var host = await HostProcess.Start(platform, new HostSettings
        {
            Modules = ["exit-thread", "hello"],
            Environment = new Dictionary<string, string> { ["ISAPI__THREADS__LIMIT"] = "2", ["ISAPI__SHUTDOWNTIMEOUT"] = "2" },
        });
        using var connection = await RawConnection.Open(host.Address);

        // What it had sent stays; the request itself is never finished by the extension, as after any other forgotten PENDING.
        await connection.Request(host.Url("exit-thread", "?completion"));
        Assert.StartsWith("Hello, ", await host.GetText("hello"), StringComparison.Ordinal);
        await connection.Request(host.Url("exit-thread", "?completion"));

        Assert.StartsWith("Hello, ", await host.GetText("hello"), StringComparison.Ordinal);
        await host.Stop();
    }
}
