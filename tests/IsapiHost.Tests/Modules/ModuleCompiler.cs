using System.ComponentModel;
using System.Diagnostics;

namespace IsapiHost.Tests.Modules;

/// <summary>Builds modules from tests/native/modules into a folder of the test's own; skips the test if a compiler is missing.</summary>
public sealed class ModuleCompiler : IDisposable
{
    public const string Gcc = "gcc";
    public const string Mingw64 = "x86_64-w64-mingw32-gcc";
    public const string Mingw32 = "i686-w64-mingw32-gcc";

    private static readonly string _root = FindRoot();

    public string Folder { get; } = Directory.CreateTempSubdirectory("isapihost-modules-").FullName;

    public string Events => Path.Combine(Folder, "events");

    public string ReadEvents() => File.Exists(Events) ? File.ReadAllText(Events) : string.Empty;

    /// <summary>The full path of the new module.</summary>
    public string Build(string compiler, string source, string output, params string[] arguments)
    {
        string path = Path.Combine(Folder, output);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        List<string> all = ["-shared", "-o", path, Path.Combine(_root, "tests", "native", "modules", source)];
        if (compiler == Gcc)
        {
            all.AddRange(["-fPIC", "-I", Path.Combine(_root, "src", "include")]);
        }

        Run(compiler, [.. all, .. arguments]);
        return path;
    }

    /// <summary>A shared object that this process can load.</summary>
    public string BuildSharedObject(string source, string output, params string[] arguments)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "shared objects are loaded on Linux only");
        return Build(Gcc, source, output, arguments);
    }

    public void Run(string program, params string[] arguments)
    {
        try
        {
            using Process process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true, WorkingDirectory = Folder })!;
            string errors = process.StandardError.ReadToEnd();
            Assert.True(process.WaitForExit(TimeSpan.FromMinutes(1)), $"{program} did not end");
            Assert.True(process.ExitCode == 0, errors);
        }
        catch (Win32Exception)
        {
            Assert.Skip($"{program} is not installed");
        }
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);

    private static string FindRoot()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "IsapiHost.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new InvalidOperationException("the tests run outside the repository");
    }
}
