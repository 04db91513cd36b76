using System.Globalization;
using IsapiHost.Cli.Output;
using IsapiHost.Testing;
using IsapiHost.Testing.Comparison;
using IsapiHost.Testing.HttpFiles;

namespace IsapiHost.Cli.Testing;

/// <summary>A line per request as soon as it is done, differences below it, a sum at the end.</summary>
internal sealed class TestOutput(Terminal terminal, bool isVerbose) : IProgress<HttpFileRequestReport>
{
    public void BeginFile(HttpFile file) => terminal.WriteLine(file.Path, "bold");

    public void Report(HttpFileRequestReport value)
    {
        var (word, style) = value switch
        {
            { Passed: false } => ("FAILED ", "red"),
            { IsSkipped: true } => ("skipped", "yellow"),
            { IsUpdated: true } => ("written", "yellow"),
            _ => ("ok     ", "green"),
        };
        var tries = value.Tries > 1 ? $", {value.Tries} tries" : "";
        terminal.Write($"  {word} ", style);
        terminal.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"{value.Request.Name}  ({value.Duration.TotalMilliseconds:0} ms{tries})"));
        if (isVerbose)
        {
            foreach (var line in ExchangeText.Lines(value))
            {
                terminal.WriteLine($"      {line}", "grey");
            }
        }

        foreach (var difference in value.Differences)
        {
            Write(difference);
        }

        foreach (var line in value.NotJudged)
        {
            terminal.WriteLine($"      {line}", "yellow");
        }
    }

    /// <summary>Writes a sentence.</summary>
    public void Note(string sentence) => terminal.WriteLine(sentence);

    public void End(RunResult result)
    {
        HttpFileRequestReport[] all = [.. result.Files.SelectMany(file => file.Requests)];
        int failed = all.Count(r => !r.Passed), skipped = all.Count(r => r.IsSkipped), updated = all.Count(r => r.IsUpdated);
        var late = result.LateViolations;
        WriteLate(result);
        terminal.WriteLine();
        terminal.WriteLine(
            $"{all.Length} requests, {all.Length - failed - skipped} as expected{(updated > 0 ? $" ({updated} written)" : "")}, {failed} different"
            + (skipped > 0 ? $", {skipped} skipped" : "")
            + (late.Count > 0 ? $", {late.Count} found when the modules ended" : "")
            + (result.Fault is not null ? ", broken off" : ""),
            failed > 0 || result.Fault is not null || (late.Count > 0 && result.LateViolationsFail) ? "red" : "green");
    }

    private void WriteLate(RunResult result)
    {
        if (result.LateViolations.Count == 0)
        {
            return;
        }

        var style = result.LateViolationsFail ? "red" : "yellow";
        terminal.WriteLine("violations that were found when the modules ended", "bold");
        foreach (var violation in result.LateViolations)
        {
            terminal.Write(result.LateViolationsFail ? "  FAILED  " : "  warning ", style);
            terminal.WriteLine(violation);
        }
    }

    private void Write(ResponseDifference difference)
    {
        foreach (var line in difference.ToString().Split('\n'))
        {
            var style = line.StartsWith("  - ", StringComparison.Ordinal) ? "red"
                : line.StartsWith("  + ", StringComparison.Ordinal) ? "green"
                : "default";
            terminal.WriteLine($"      {line}", style);
        }
    }
}
