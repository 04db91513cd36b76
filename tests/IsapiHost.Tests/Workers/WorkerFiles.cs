using System.Diagnostics;
using IsapiHost.Tests.Interop.Abi;
using IsapiHost.Workers.Processes;

namespace IsapiHost.Tests.Workers;

/// <summary>The workers and modules that eng/build-worker.sh and eng/build-native.sh have built, and what runs them here.</summary>
internal static class WorkerFiles
{
    private static readonly string _artifacts = Path.Combine(NativeCompiler.Repository, "artifacts");

    /// <summary>A program for a kind of worker; skips the test, with the reason, where there is none.</summary>
    public static WorkerProgram Program(WorkerKind kind)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "the workers are tried on Linux");
        var file = WorkerProgram.FileOf(kind, Path.Combine(_artifacts, "worker"));
        Assert.SkipUnless(File.Exists(file), $"{file} has not been built (eng/build-worker.sh)");
        if (kind == WorkerKind.Linux)
        {
            return WorkerProgram.Native(file);
        }

        if (kind == WorkerKind.Windows32)
        {
            var own = Path.Combine(_artifacts, "wine32");
            Assert.SkipUnless(File.Exists(Path.Combine(own, ".ready")), "there is no 32-bit Wine (eng/setup-wine32.sh)");
            return WorkerProgram.Wine(Path.Combine(own, "wine"), file, Path.Combine(own, "prefix"));
        }

        var loader = WineLoaders.Find(kind);
        var prefix = Path.Combine(_artifacts, "wine");
        Assert.SkipWhen(loader is null, "Wine is not installed");
        Assert.SkipUnless(File.Exists(Path.Combine(prefix, ".ready")), "there is no Wine prefix (eng/setup.sh)");
        return WorkerProgram.Wine(loader!, file, prefix);
    }

    /// <summary>A module built for the kind of worker, as the worker writes its path.</summary>
    public static string Module(WorkerKind kind, string name)
    {
        var (target, ending) = kind switch
        {
            WorkerKind.Linux => ("linux-x64", ".so"),
            WorkerKind.Windows64 => ("win-x64", ".dll"),
            _ => ("win-x86", ".dll"),
        };
        var file = Path.Combine(_artifacts, "native", target, name + ending);
        Assert.SkipUnless(File.Exists(file), $"{file} has not been built (eng/build-native.sh)");
        return kind == WorkerKind.Linux ? file : "Z:" + file.Replace('/', '\\');
    }

    /// <summary>A worker that lies in the way named.</summary>
    public static WorkerProgram Liar(string how, int seed) =>
        WorkerProgram.Native(_liar.Value) with { Arguments = [how, seed.ToString(System.Globalization.CultureInfo.InvariantCulture)] };

    private static readonly Lazy<string> _liar = new(() =>
    {
        var file = Path.Combine(Directory.CreateTempSubdirectory("isapihost-liar-").FullName, "liar");
        NativeCompiler.Compile("gcc", "-std=c11", "-D_GNU_SOURCE", "-O1", "-o", file, Path.Combine(NativeCompiler.Repository, "tests", "native", "hostile", "liar.c"));
        return file;
    });

    /// <summary>Whether a process still runs.</summary>
    public static bool IsRunning(int processId)
    {
        try
        {
            using var process = Process.GetProcessById(processId);
            return !process.HasExited;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}
