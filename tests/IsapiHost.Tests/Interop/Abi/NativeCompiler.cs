using System.ComponentModel;
using System.Diagnostics;

namespace IsapiHost.Tests.Interop.Abi;

/// <summary>Runs a C compiler, or skips the test when the machine has none of that name.</summary>
internal static class NativeCompiler
{
    private static readonly TimeSpan _limit = TimeSpan.FromMinutes(2);

    /// <summary>The folder that holds the solution.</summary>
    public static string Repository { get; } = FindRepository();

    /// <summary>Our own httpext.h and httpfilt.h.</summary>
    public static string Headers => Path.Combine(Repository, "src", "include");

    /// <summary>The C source that knows every structure and constant.</summary>
    public static string LayoutSource => Path.Combine(Repository, "tests", "native", "layout", "layout.c");

    /// <summary>Compiles with all warnings as errors; the test fails with the compiler's words if it does not succeed.</summary>
    public static void Compile(string compiler, params string[] arguments)
    {
        try
        {
            Run(compiler, ["-Wall", "-Wextra", "-Werror", .. arguments]);
        }
        catch (Win32Exception)
        {
            Assert.Skip($"{compiler} is not installed.");
        }
    }

    /// <summary>Runs a program and gives what it printed.</summary>
    public static string Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEndAsync();
        if (!process.WaitForExit(_limit))
        {
            process.Kill(entireProcessTree: true);
            Assert.Fail($"{program} did not end within {_limit}.");
        }

        Task.WaitAll(errors, output);
        Assert.True(process.ExitCode == 0, $"{program} {string.Join(' ', arguments)}{Environment.NewLine}{errors.Result}");
        return output.Result;
    }

    private static string FindRepository()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "IsapiHost.sln")))
            {
                return folder.FullName;
            }
        }

        throw new DirectoryNotFoundException("The tests are not run from within the repository: no IsapiHost.sln above them.");
    }
}
