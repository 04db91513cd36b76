using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Runtime.InteropServices;

namespace IsapiHost.EndToEnd.Hosting;

/// <summary>The command as a running process, on a free loopback port.</summary>
internal sealed partial class HostProcess : IAsyncDisposable
{
    private const int SigInt = 2;
    private const int SigTerm = 15;

    private static readonly TimeSpan _startLimit = TimeSpan.FromSeconds(90);
    private static readonly TimeSpan _exitLimit = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private readonly HostOutput _output;

    private HostProcess(Platform platform, HostSettings settings)
    {
        Platform = platform;
        _process = Process.Start(HostCommand.StartInfo(platform, settings.Arguments(platform), settings.AllVariables()))
            ?? throw new InvalidOperationException("the command did not start");
        _output = new HostOutput(_process);
        Client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false, MaxConnectionsPerServer = 2_000 })
        {
            DefaultRequestVersion = settings.Http2 ? HttpVersion.Version20 : HttpVersion.Version11,
            DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Timeout = TimeSpan.FromSeconds(60),
        };
    }

    public Platform Platform { get; }

    /// <summary>Requests with relative addresses, such as those of <see cref="Url"/>, go to this host.</summary>
    public HttpClient Client { get; }

    public Uri Address => Client.BaseAddress!;

    /// <summary>What the command has written so far.</summary>
    public string Output => _output.ToString();

    /// <summary>Resident memory now and its peak, in bytes.</summary>
    public (long Now, long Peak) Memory
    {
        get
        {
            var lines = File.ReadAllLines(FormattableString.Invariant($"/proc/{_process.Id}/status"));
            return (Kilobytes("VmRSS:") * 1024, Kilobytes("VmHWM:") * 1024);

            long Kilobytes(string name) => long.Parse(
                lines.Single(line => line.StartsWith(name, StringComparison.Ordinal))[name.Length..].Replace("kB", null, StringComparison.Ordinal),
                CultureInfo.InvariantCulture);
        }
    }

    /// <summary>Starts the command and waits until it listens.</summary>
    public static async Task<HostProcess> Start(Platform platform, HostSettings settings)
    {
        var host = new HostProcess(platform, settings);
        var exited = host._process.WaitForExitAsync();
        var first = await Task.WhenAny(host._output.Address, exited, Task.Delay(_startLimit));
        if (first != host._output.Address)
        {
            await host.DisposeAsync();
            throw new InvalidOperationException($"isapihost on {platform} does not listen:{Environment.NewLine}{host.Output}");
        }

        host.Client.BaseAddress = await host._output.Address;
        return host;
    }

    /// <summary>Runs the command to its end: it is expected to refuse to start.</summary>
    public static async Task<(int ExitCode, string Output)> Run(Platform platform, params string[] arguments)
    {
        using var process = Process.Start(HostCommand.StartInfo(platform, arguments, environment: null))
            ?? throw new InvalidOperationException("the command did not start");
        var output = new HostOutput(process);
        var exited = WaitForExit(process);
        var first = await Task.WhenAny(output.Address, exited);
        if (first != exited)
        {
            process.Kill(entireProcessTree: true);
            throw new InvalidOperationException($"isapihost serves instead of ending:{Environment.NewLine}{output}");
        }

        return (await exited, output.ToString());
    }

    /// <summary>The path of a module on this host, and what follows it: <c>/hello.so/extra?query</c>.</summary>
    public string Url(string module, string rest = "") => $"/{HostCommand.ModuleFile(Platform, module)}{rest}";

    public Task<string> GetText(string module, string rest = "") => Client.GetStringAsync(new Uri(Url(module, rest), UriKind.Relative));

    public Task<HttpResponseMessage> Get(string module, string rest = "") => Client.GetAsync(new Uri(Url(module, rest), UriKind.Relative));

    /// <summary>Asks the command to stop. .NET sees SIGTERM; Wine passes only SIGINT on, as Ctrl+C.</summary>
    public void RequestStop()
    {
        if (Kill(_process.Id, Platform == Platform.Wine ? SigInt : SigTerm) != 0)
        {
            throw new Win32Exception();
        }
    }

    /// <summary>Waits until the process has ended.</summary>
    public Task<int> WaitForExit() => WaitForExit(_process);

    /// <summary>Asks the command to stop and gives its exit code.</summary>
    public Task<int> Stop()
    {
        RequestStop();
        return WaitForExit();
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
    }

    private static async Task<int> WaitForExit(Process process)
    {
        using var limit = new CancellationTokenSource(_exitLimit);
        await process.WaitForExitAsync(limit.Token);
        return process.ExitCode;
    }

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static partial int Kill(int process, int signal);
}
