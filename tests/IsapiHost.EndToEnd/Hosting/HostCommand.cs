using System.Diagnostics;

namespace IsapiHost.EndToEnd.Hosting;

/// <summary>How the command is started on each platform, and how files are named there.</summary>
internal static class HostCommand
{
    private const string Build = "run eng/test.sh, or eng/setup.sh and eng/build-native.sh";

    /// <summary>Why nothing can be tested on the platform; null when all is there.</summary>
    public static string? WhyNot(Platform platform)
    {
        var hello = Path.Combine(Repository.Modules(platform), ModuleFile(platform, "hello"));
        if (platform == Platform.Linux)
        {
            return !OperatingSystem.IsLinux() ? "needs Linux"
                : !File.Exists(hello) ? $"the native modules are not built: {Build}"
                : null;
        }

        return !OperatingSystem.IsLinux() ? "Wine is used on Linux only"
            : !IsOnPath("wine") ? $"Wine is not installed: {Build}"
            : !File.Exists(hello) ? $"the Windows modules are not built (mingw-w64): {Build}"
            : !File.Exists(Repository.WindowsCommand) ? "isapihost.exe is not published for Wine: run eng/test.sh"
            : !File.Exists(Path.Combine(Repository.WinePrefix, ".ready")) ? $"there is no Wine prefix in artifacts/wine: {Build}"
            : null;
    }

    /// <summary>The file name of a module: <c>hello.so</c>, <c>hello.dll</c>.</summary>
    public static string ModuleFile(Platform platform, string name) => name + (platform == Platform.Wine ? ".dll" : ".so");

    /// <summary>A path of this machine as the command on the platform must be told: Wine maps <c>/</c> to drive Z.</summary>
    public static string PathFor(Platform platform, string path) =>
        platform == Platform.Wine ? "Z:" + path.Replace('/', '\\') : path;

    public static ProcessStartInfo StartInfo(Platform platform, HostSettings settings) =>
        StartInfo(platform, settings.Application ?? Repository.Command, settings.Arguments(platform), settings.AllVariables());

    public static ProcessStartInfo StartInfo(
        Platform platform, IEnumerable<string> arguments, IReadOnlyDictionary<string, string> environment) =>
        StartInfo(platform, Repository.Command, arguments, environment);

    private static ProcessStartInfo StartInfo(
        Platform platform, string linuxCommand, IEnumerable<string> arguments, IReadOnlyDictionary<string, string> environment)
    {
        var start = new ProcessStartInfo
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Path.GetTempPath(),
        };

        if (platform == Platform.Wine)
        {
            start.FileName = "wine";
            start.ArgumentList.Add(Repository.WindowsCommand);
            start.Environment["WINEPREFIX"] = Repository.WinePrefix;
            start.Environment["WINEDEBUG"] = "-all";
            // Without it the runtime fails under Wine after some thousand requests (docs/testing-in-ci.md, "What to know about Wine").
            start.Environment["DOTNET_EnableWriteXorExecute"] = "0";
            // It is for wineboot only: at run time it keeps .NET from its own assemblies.
            start.Environment.Remove("WINEDLLOVERRIDES");
            start.Environment.Remove("DISPLAY");
        }
        else
        {
            start.FileName = "dotnet";
            start.ArgumentList.Add(linuxCommand);
        }

        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        return start;
    }

    /// <summary>Ends the Windows services that Wine keeps running in the tests' prefix.</summary>
    public static void EndWine()
    {
        if (WhyNot(Platform.Wine) is not null)
        {
            return;
        }

        var start = new ProcessStartInfo("wineserver", "-k");
        start.Environment["WINEPREFIX"] = Repository.WinePrefix;
        using var process = Process.Start(start);
        process?.WaitForExit(TimeSpan.FromSeconds(10));
    }

    private static bool IsOnPath(string command) =>
        (Environment.GetEnvironmentVariable("PATH") ?? string.Empty)
        .Split(Path.PathSeparator)
        .Any(folder => File.Exists(Path.Combine(folder, command)));
}
