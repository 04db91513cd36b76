using System.Diagnostics;

namespace IsapiHost.Cli.Tests;

/// <summary>The command as users start it: a process of its own, in a folder of its own.</summary>
internal sealed class IsapihostProcess : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("isapihost-");

    public string Folder => _folder.FullName;

    /// <summary>Settings for the process beside its arguments.</summary>
    public Dictionary<string, string> Environment { get; } = [];

    public void Dispose() => _folder.Delete(recursive: true);

    /// <summary>Runs to the end, which every call here reaches by itself.</summary>
    public async Task<(int ExitCode, string Output, string Error)> RunAsync(params string[] args)
    {
        string name = OperatingSystem.IsWindows() ? "isapihost.exe" : "isapihost";
        ProcessStartInfo start = new(Path.Combine(AppContext.BaseDirectory, name), args)
        {
            WorkingDirectory = Folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach ((string key, string value) in Environment)
        {
            start.Environment[key] = value;
        }

        using Process process = Process.Start(start)!;
        using CancellationTokenRegistration kill = TestContext.Current.CancellationToken.Register(process.Kill);
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> error = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, await output, await error);
    }
}
