using System.Diagnostics;

namespace IsapiHost.Docs.Tests;

/// <summary>
/// Runs shell blocks in a page's folder. <c>isapihost</c> and <c>curl</c> are those of the folder commands: a host that serves goes on in the
/// background until the page starts another one or is over.
/// </summary>
internal sealed class Shell(PageFolder folder)
{
    private const int NotHere = 77;

    private static readonly TimeSpan _limit = TimeSpan.FromMinutes(3);
    private static readonly string _commands = Path.Combine(Repository.Root, "tests/IsapiHost.Docs.Tests/commands");

    /// <summary>What the last block printed, and the host that it left behind.</summary>
    public string Output { get; private set; } = "";

    /// <summary>Runs a block to its end, as <c>bash -e</c> does.</summary>
    public async Task<BlockResult> RunAsync(string block, int exitCode)
    {
        var output = Path.Combine(folder.State, "output");
        var start = new ProcessStartInfo("bash") { WorkingDirectory = folder.Path, RedirectStandardInput = true };

        // A host in the background must not hold this process' output open.
        start.ArgumentList.Add("-c");
        start.ArgumentList.Add("exec >\"$1\" 2>&1 </dev/null; exec bash -e -o pipefail -c \"$2\"");
        start.ArgumentList.Add("block");
        start.ArgumentList.Add(output);
        start.ArgumentList.Add(block);
        SetEnvironment(start);
        using var process = Process.Start(start)!;
        using var limit = new CancellationTokenSource(_limit);
        try
        {
            await process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync(CancellationToken.None);
        }

        Output = await File.ReadAllTextAsync(output);
        return limit.IsCancellationRequested ? new BlockResult($"it did not end within {_limit.TotalMinutes} minutes:\n{Output}")
            : process.ExitCode == NotHere ? new BlockResult(Skipped: Output.Trim())
            : process.ExitCode != exitCode ? new BlockResult($"exit code {process.ExitCode}, expected {exitCode}:\n{Output}")
            : BlockResult.Passed;
    }

    /// <summary>Ends the host that a block has left running.</summary>
    public Task<BlockResult> EndHostAsync() => RunAsync("if [ -f $DOCS_STATE/old.pid ]; then kill $(cat $DOCS_STATE/old.pid); fi; end-host", exitCode: 0);

    private void SetEnvironment(ProcessStartInfo start)
    {
        var environment = start.Environment;
        foreach (var name in environment.Keys.Where(name => name.StartsWith("ISAPI", StringComparison.OrdinalIgnoreCase)).ToList())
        {
            if (name != "ISAPIHOST_DOCS_WINE")
            {
                environment.Remove(name);
            }
        }

        var configuration = Path.GetFileName(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory));
        environment["PATH"] = $"{_commands}:{environment["PATH"]}";
        environment["DOCS_STATE"] = folder.State;
        environment["DOCS_HOST"] = Path.Combine(Repository.Artifacts, "bin/IsapiHost.Cli", configuration, "isapihost");
        environment["DOCS_WINDOWS_HOST"] = Path.Combine(Repository.Artifacts, "publish/win-x64/isapihost.exe");
        environment["NO_COLOR"] = "1";
        environment["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1";
        environment["DOTNET_NOLOGO"] = "1";
    }
}
