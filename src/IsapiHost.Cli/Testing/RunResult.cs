using IsapiHost.Cli.Output;
using IsapiHost.Testing;
using IsapiHost.Testing.Files;

namespace IsapiHost.Cli.Testing;

/// <summary>What came of a run.</summary>
/// <param name="Files">The files that were run.</param>
/// <param name="Fault">What broke the run off, if anything.</param>
/// <param name="LateViolations">The violations that were found when the modules ended.</param>
/// <param name="LateViolationsFail">Whether these are a difference: some request expects no violations.</param>
internal sealed record RunResult(
    IReadOnlyList<HttpFileReport> Files, HttpFileException? Fault, IReadOnlyList<string> LateViolations, bool LateViolationsFail)
{
    private bool IsDifferent => Files.Any(file => !file.Passed) || (LateViolationsFail && LateViolations.Count > 0);

    /// <summary>Writes the sum, and the file for CI systems if one was asked for.</summary>
    /// <returns>The exit code.</returns>
    public int Report(TestOutput output, string? junitPath)
    {
        output.End(this);
        var isWritten = junitPath is null || WriteJUnit(junitPath, output);
        if (Fault is not null)
        {
            ErrorOutput.Write([Fault.Message]);
        }

        return Fault is not null || !isWritten ? ExitCode.WrongConfiguration
            : IsDifferent ? ExitCode.Different
            : ExitCode.Stopped;
    }

    private bool WriteJUnit(string path, TestOutput output)
    {
        try
        {
            if (Path.GetDirectoryName(Path.GetFullPath(path)) is { } folder && !Directory.Exists(folder))
            {
                Directory.CreateDirectory(folder);
                output.Note($"Created the folder {folder} for --junit.");
            }

            using var file = File.Create(path);
            JUnitReport.Write(file, this, DateTime.UtcNow);
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            ErrorOutput.Write([$"--junit {path}: this file cannot be written ({e.Message.TrimEnd('.')}). Name another one."]);
            return false;
        }
    }
}
