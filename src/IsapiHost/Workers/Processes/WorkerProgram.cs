using System.Runtime.InteropServices;

namespace IsapiHost.Workers.Processes;

/// <summary>How the worker of one kind is started here.</summary>
/// <param name="File">What is run: the worker itself, or Wine.</param>
/// <param name="Arguments">What stands before the segment's path.</param>
/// <param name="IsWine">Whether it is a Windows program on Linux, which sees the file system as drive Z:.</param>
/// <param name="Environment">Variables that it gets beside those of this process.</param>
internal sealed record WorkerProgram(
    string File, IReadOnlyList<string> Arguments, bool IsWine, IReadOnlyDictionary<string, string> Environment)
{
    private static readonly Dictionary<string, string> _none = [];

    /// <summary>The folder with the workers beside this program: one folder for each runtime identifier.</summary>
    public static string Folder { get; } = Path.Combine(AppContext.BaseDirectory, "worker");

    /// <summary>The worker's file below <paramref name="folder"/>.</summary>
    public static string FileOf(WorkerKind kind, string folder) => kind switch
    {
        WorkerKind.Linux when RuntimeInformation.OSArchitecture == Architecture.Arm64 => Path.Combine(folder, "linux-arm64", "isapihost-worker"),
        WorkerKind.Linux => Path.Combine(folder, "linux-x64", "isapihost-worker"),
        WorkerKind.Windows64 => Path.Combine(folder, "win-x64", "isapihost-worker.exe"),
        _ => Path.Combine(folder, "win-x86", "isapihost-worker.exe"),
    };

    /// <summary>A worker that this system runs itself.</summary>
    public static WorkerProgram Native(string file) => new(file, [], IsWine: false, _none);

    /// <summary>A Windows worker on Linux.</summary>
    /// <param name="loader">The program of Wine that runs DLLs of its width.</param>
    /// <param name="file">The worker.</param>
    /// <param name="prefix">WINEPREFIX, or null for the user's.</param>
    public static WorkerProgram Wine(string loader, string file, string? prefix)
    {
        // Wine's own debugger would write to the pipe and keep a crashed process for a while.
        var environment = new Dictionary<string, string> { ["WINEDEBUG"] = "-all", ["WINEDLLOVERRIDES"] = "winedbg.exe=d" };
        if (prefix is not null)
        {
            environment["WINEPREFIX"] = prefix;
        }

        return new WorkerProgram(loader, [file], IsWine: true, environment);
    }

    /// <summary>A path of this system as the worker writes it.</summary>
    public string PathForWorker(string path) => IsWine ? "Z:" + path.Replace('/', '\\') : path;
}
