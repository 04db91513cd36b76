using System.Runtime.InteropServices;

namespace IsapiHost.EndToEnd.Hosting;

/// <summary>Where the build puts what the tests start and load.</summary>
internal static class Repository
{
    private static readonly string _artifacts = FindArtifacts();

    /// <summary>The command for this machine, in the configuration in which the tests were built.</summary>
    public static string Command { get; } = Assembly("IsapiHost.Cli");

    /// <summary>The sample application of samples/EmbeddedInAspNetCore.</summary>
    public static string SampleApplication { get; } = Assembly("EmbeddedInAspNetCore");

    /// <summary>The sample application of samples/FilterInFrontOfASite.</summary>
    public static string ForwardingApplication { get; } = Assembly("FilterInFrontOfASite");

    /// <summary>The command for Windows, published self-contained by eng/test.sh.</summary>
    public static string WindowsCommand { get; } = Path.Combine(_artifacts, "publish", "win-x64", "isapihost.exe");

    /// <summary>The Wine prefix that eng/setup.sh prepares.</summary>
    public static string WinePrefix { get; } = Path.Combine(_artifacts, "wine");

    /// <summary>The folder of the modules that run on a platform.</summary>
    public static string Modules(Platform platform) => Modules(platform switch
    {
        Platform.Wine => "win-x64",
        _ => RuntimeInformation.OSArchitecture == Architecture.Arm64 ? "linux-arm64" : "linux-x64",
    });

    /// <summary>The folder of the modules built for a target such as <c>win-x86</c>.</summary>
    public static string Modules(string target) => Path.Combine(_artifacts, "native", target);

    private static string Assembly(string project) => Path.Combine(_artifacts, "bin", project, Configuration, project + ".dll");

    private static string Configuration => Path.GetFileName(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory));

    private static string FindArtifacts()
    {
        // artifacts/bin/IsapiHost.EndToEnd/release
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && folder.Name != "artifacts")
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new InvalidOperationException($"{AppContext.BaseDirectory} is not below a folder named artifacts");
    }
}
