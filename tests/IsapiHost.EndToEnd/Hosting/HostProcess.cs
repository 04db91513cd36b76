using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Runtime.InteropServices;
using IsapiHost.EndToEnd.Wire;

namespace IsapiHost.EndToEnd.Hosting;

/// <summary>The command as a running process, on a free loopback port.</summary>
internal sealed partial class HostProcess : IAsyncDisposable
{
    private const int SigHup = 1;
    private const int SigInt = 2;
    private const int SigTerm = 15;

    private static readonly TimeSpan _startLimit = TimeSpan.FromSeconds(90);
    private static readonly TimeSpan _exitLimit = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan _outputLimit = TimeSpan.FromSeconds(2);

    private readonly Process _process;
    private readonly HostOutput _output;
    private readonly TaskCompletionSource _exited = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private HostProcess(Platform platform, HostSettings settings, ProcessStartInfo start)
    {
        Platform = platform;
        _process = new Process { StartInfo = start, EnableRaisingEvents = true };
        _process.Exited += (_, _) => _exited.SetResult();
        _process.Start();
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

    public int Id => _process.Id;

    /// <summary>Resident memory now and its peak, in bytes.</summary>
    public (long Now, long Peak) Memory
    {
        get
        {
            var lines = File.ReadAllLines(FormattableString.Invariant($"/proc/{_process.Id}/status"));
            return (Kilobytes("VmRSS:") * 1024, Kilobytes("VmHWM:") * 1024);

            long Kilobytes(string name)
            {
                var line = lines.Single(line => line.StartsWith(name, StringComparison.Ordinal));
                return long.Parse(line[name.Length..].Replace("kB", null, StringComparison.Ordinal), CultureInfo.InvariantCulture);
            }
        }
    }

    /// <summary>Starts the command and waits until it listens.</summary>
    public static async Task<HostProcess> Start(Platform platform, HostSettings settings)
    {
        var host = new HostProcess(platform, settings, HostCommand.StartInfo(platform, settings));
        var first = await Task.WhenAny(host._output.Address, host._exited.Task, Task.Delay(_startLimit));
        if (first != host._output.Address)
        {
            // What it said last may still be on its way.
            var ended = first == host._exited.Task ? $" and has ended with code {await host.WaitForExit()}" : "";
            await host.DisposeAsync();
            throw new InvalidOperationException($"isapihost on {platform} does not listen{ended}:{Environment.NewLine}{host.Output}");
        }

        host.Client.BaseAddress = await host._output.Address;
        return host;
    }

    /// <summary>Runs the command to its end: it is expected to refuse to start.</summary>
    public static Task<(int ExitCode, string Output)> Run(Platform platform, params string[] arguments) =>
        Run(platform, new Dictionary<string, string>(), arguments);

    /// <summary>The same with variables of the environment.</summary>
    public static async Task<(int ExitCode, string Output)> Run(
        Platform platform, IReadOnlyDictionary<string, string> environment, params string[] arguments)
    {
        await using var host = new HostProcess(platform, new HostSettings(), HostCommand.StartInfo(platform, arguments, environment));
        var first = await Task.WhenAny(host._output.Address, host._exited.Task, Task.Delay(_exitLimit));
        if (first != host._exited.Task)
        {
            throw new InvalidOperationException($"isapihost serves instead of ending:{Environment.NewLine}{host.Output}");
        }

        return (await host.WaitForExit(), host.Output);
    }

    /// <summary>The path of a module on this host, and what follows it: <c>/hello.so/extra?query</c>.</summary>
    public string Url(string module, string rest = "") => $"/{HostCommand.ModuleFile(Platform, module)}{rest}";

    public Task<string> GetText(string module, string rest = "") => Client.GetStringAsync(new Uri(Url(module, rest), UriKind.Relative));

    public Task<HttpResponseMessage> Get(string module, string rest = "") => Client.GetAsync(new Uri(Url(module, rest), UriKind.Relative));

    /// <summary>GET on a connection of its own, which is closed afterwards.</summary>
    public async Task<RawResponse> Ask(string url, params string[] lines)
    {
        using var connection = await RawConnection.Open(Address);
        await connection.Request(url, lines: lines);
        return await connection.Read();
    }

    /// <summary>Asks the command to stop. .NET sees SIGTERM; Wine passes only SIGINT on, as Ctrl+C.</summary>
    public void RequestStop() => Signal(Platform == Platform.Wine ? SigInt : SigTerm);

    /// <summary>What a terminal that goes away, or <c>kill -HUP</c>, sends.</summary>
    public void HangUp() => Signal(SigHup);

    /// <summary>Waits until the process has ended, and gives its exit code.</summary>
    public async Task<int> WaitForExit()
    {
        await _exited.Task.WaitAsync(_exitLimit);
        await Task.WhenAny(_output.End, Task.Delay(_outputLimit));
        return _process.ExitCode;
    }

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
            await _exited.Task;
        }

        _process.Dispose();
    }

    private void Signal(int signal)
    {
        if (Kill(_process.Id, signal) != 0)
        {
            throw new Win32Exception();
        }
    }

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static partial int Kill(int process, int signal);
}
