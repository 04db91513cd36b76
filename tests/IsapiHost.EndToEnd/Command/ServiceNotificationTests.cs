using System.Net.Sockets;
using System.Text;
using IsapiHost.EndToEnd.Hosting;

namespace IsapiHost.EndToEnd.Command;

/// <summary>What systemd is told of a service with <c>Type=notify</c>.</summary>
public sealed class ServiceNotificationTests : IDisposable
{
    private static readonly TimeSpan _limit = TimeSpan.FromSeconds(60);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("isapihost-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task The_manager_is_told_when_requests_are_served_and_when_the_host_stops()
    {
        Assert.SkipWhen(HostCommand.WhyNot(Platform.Linux) is not null, HostCommand.WhyNot(Platform.Linux) ?? string.Empty);
        var path = Path.Combine(_folder.FullName, "notify");
        using Socket manager = new(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
        manager.Bind(new UnixDomainSocketEndPoint(path));

        await using var host = await HostProcess.Start(Platform.Linux, new HostSettings
        {
            Modules = ["hello"],
            Environment = new Dictionary<string, string> { ["NOTIFY_SOCKET"] = path },
        });

        Assert.Equal("READY=1", await Message(manager));
        Assert.Equal(0, await host.Stop());
        Assert.Equal("STOPPING=1", await Message(manager));
    }

    private static async Task<string> Message(Socket manager)
    {
        var buffer = new byte[256];
        return Encoding.UTF8.GetString(buffer, 0, await manager.ReceiveAsync(buffer).WaitAsync(_limit)).TrimEnd('\n');
    }
}
