using System.Globalization;
using IsapiHost.EndToEnd.Hosting;
using IsapiHost.EndToEnd.Wire;

namespace IsapiHost.EndToEnd;

public sealed class LongPollTests
{
    /// <summary>More requests than there can be threads, each waiting on a connection of its own, and little memory for each.</summary>
    [Theory]
    [Platforms]
    public async Task Pending_requests_hold_no_thread_and_little_memory(Platform platform)
    {
        const int MostBytesEach = 16 * 1024;
        var count = platform == Platform.Linux ? 10_000 : 1_000;
        await using var host = await HostProcess.Start(platform, new HostSettings
        {
            Modules = ["long-poll", "hello"],
            // They come faster than a busy machine can begin them; what is measured is those that are pending.
            Environment = new Dictionary<string, string> { ["ISAPI__THREADS__QUEUELIMIT"] = "20000" },
        });
        var connections = new List<RawConnection>();
        try
        {
            // A connection that has been used costs Kestrel something by itself; that is not the pending request's.
            for (var i = 0; i < count; i++)
            {
                var connection = await RawConnection.Open(host.Address);
                connections.Add(connection);
                await connection.Request(host.Url("hello"));
                await connection.Read();
            }

            var before = host.Memory.Now;
            foreach (var connection in connections)
            {
                await connection.Request(host.Url("long-poll"));
            }

            var all = count.ToString(CultureInfo.InvariantCulture);
            await Eventually.Holds(async () => await host.GetText("long-poll", "?waiting") == all);
            Assert.InRange((host.Memory.Now - before) / count, long.MinValue, MostBytesEach);

            Assert.Equal(all, await host.GetText("long-poll", "?release"));
            foreach (var connection in connections)
            {
                Assert.Equal("released", (await connection.Read()).Text);
            }
        }
        finally
        {
            connections.ForEach(connection => connection.Dispose());
        }
    }
}
