using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using IsapiHost.EndToEnd.Hosting;

namespace IsapiHost.EndToEnd.Command;

/// <summary>The command under a service manager of Windows: Wine's.</summary>
public sealed class WindowsServiceTests
{
    private static readonly TimeSpan _limit = TimeSpan.FromSeconds(60);

    private readonly string _service = $"isapihost-{Guid.NewGuid():N}";

    [Fact]
    public async Task It_is_started_in_its_own_folder_serves_and_is_stopped_in_order()
    {
        Assert.SkipWhen(HostCommand.WhyNot(Platform.Wine) is not null, HostCommand.WhyNot(Platform.Wine) ?? string.Empty);

        // Wine ends its services once no other program runs.
        await using var other = await HostProcess.Start(Platform.Wine, new HostSettings { Modules = ["hello"] });
        try
        {
            await RunsAsync(other.Client);
        }
        finally
        {
            await Sc("stop", _service);
            await Sc("delete", _service);
        }
    }

    private async Task RunsAsync(HttpClient client)
    {
        var port = FreePort();
        var folder = Path.GetDirectoryName(Repository.WindowsCommand)!;
        var module = Path.GetRelativePath(folder, Path.Combine(Repository.Modules(Platform.Wine), "hello.dll"));
        var command = $"\"{HostCommand.PathFor(Platform.Wine, Repository.WindowsCommand)}\" --dll {module} --urls http://127.0.0.1:{port}";
        await Sc("create", _service, "binPath=", command);

        await Sc("start", _service);
        await Eventually.Holds(async () => (await State()).Contains("RUNNING", StringComparison.Ordinal));
        Uri url = new($"http://127.0.0.1:{port}/hello.dll?name=service");
        Assert.StartsWith("Hello, service!", await client.GetStringAsync(url, TestContext.Current.CancellationToken), StringComparison.Ordinal);

        await Sc("stop", _service);
        await Eventually.Holds(async () => (await State()).Contains("STOPPED", StringComparison.Ordinal));
        Assert.Matches(@"WIN32_EXIT_CODE\s*: 0 ", await State());
    }

    private static string FreePort()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port.ToString(CultureInfo.InvariantCulture);
    }

    private Task<string> State() => Sc("query", _service);

    private static async Task<string> Sc(params string[] arguments)
    {
        ProcessStartInfo start = new("wine", ["sc", .. arguments]) { RedirectStandardOutput = true };
        start.Environment["WINEPREFIX"] = Repository.WinePrefix;
        start.Environment["WINEDEBUG"] = "-all";
        start.Environment["DOTNET_EnableWriteXorExecute"] = "0";
        start.Environment.Remove("DISPLAY");
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync().WaitAsync(_limit);
        return await output.WaitAsync(_limit);
    }
}
