namespace IsapiHost.Workers.Processes;

/// <summary>Finds the program of Wine that runs Windows programs of one width, where distributions and WineHQ put it.</summary>
/// <remarks>
/// Debian's <c>wine</c> is the 32-bit loader where that is installed, and starts 64-bit programs by another process, whose end and signals would not be
/// the worker's: so the loaders behind it come first.
/// </remarks>
internal static class WineLoaders
{
    private static readonly string[] _folders64 = ["/usr/lib/wine", "/usr/lib64/wine", "/opt/wine-stable/bin", "/opt/wine-devel/bin", "/opt/wine-staging/bin"];
    private static readonly string[] _folders32 = ["/usr/lib/wine", "/usr/lib/i386-linux-gnu/wine", "/opt/wine-stable/bin", "/opt/wine-devel/bin", "/opt/wine-staging/bin"];

    /// <summary>The loader's path, or null when there is none.</summary>
    public static string? Find(WorkerKind kind) =>
        kind == WorkerKind.Windows64
            ? FirstOf(_folders64, "wine64") ?? OnPath("wine64") ?? FirstOf(_folders64[2..], "wine")
            : FirstOf(_folders32[..2], "wine") ?? FirstOf(_folders32[2..], "wine");

    private static string? FirstOf(string[] folders, string name) => folders.Select(folder => Path.Combine(folder, name)).FirstOrDefault(File.Exists);

    private static string? OnPath(string name) =>
        FirstOf((Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries), name);
}
