using IsapiHost.Cli.Output;
using IsapiHost.Testing;
using IsapiHost.Testing.Files;
using IsapiHost.Testing.HttpFiles;

namespace IsapiHost.Cli.Testing;

/// <summary>Runs files one after the other, up to the first that cannot be run, and writes the results.</summary>
internal sealed class TestRun(HttpFileRunner runner, TestOutput output)
{
    public async Task<int> RunAsync(IReadOnlyList<HttpFile> files, string? junitPath, CancellationToken cancellation)
    {
        List<HttpFileReport> reports = [];
        HttpFileException? fault = null;
        foreach (HttpFile file in files)
        {
            output.BeginFile(file);
            try
            {
                reports.Add(await runner.RunAsync(file, cancellation));
            }
            catch (HttpFileException e)
            {
                fault = e;
                break;
            }
        }

        output.End(reports, isBroken: fault is not null);
        bool isWritten = junitPath is null || WriteReport(junitPath, reports, fault);
        if (fault is not null)
        {
            ErrorOutput.Write([fault.Message]);
        }

        return fault is not null || !isWritten ? ExitCode.WrongConfiguration
            : reports.All(r => r.Passed) ? ExitCode.Stopped
            : ExitCode.Different;
    }

    private static bool WriteReport(string path, List<HttpFileReport> reports, HttpFileException? fault)
    {
        try
        {
            if (Path.GetDirectoryName(Path.GetFullPath(path)) is { } folder)
            {
                Directory.CreateDirectory(folder);
            }

            using FileStream file = File.Create(path);
            JUnitReport.Write(file, reports, fault, DateTime.UtcNow);
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            ErrorOutput.Write([$"--junit {path}: this file cannot be written ({e.Message.TrimEnd('.')}). Name another one."]);
            return false;
        }
    }
}
