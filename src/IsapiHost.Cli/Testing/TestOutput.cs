using System.Globalization;
using IsapiHost.Cli.Output;
using IsapiHost.Testing;
using IsapiHost.Testing.Comparison;
using IsapiHost.Testing.HttpFiles;

namespace IsapiHost.Cli.Testing;

/// <summary>A line per request as soon as it is done, differences below it, a sum at the end.</summary>
internal sealed class TestOutput(Terminal terminal) : IProgress<HttpFileRequestReport>
{
    public void BeginFile(HttpFile file) => terminal.WriteLine(file.Path, "bold");

    public void Report(HttpFileRequestReport value)
    {
        (string word, string style) = value switch
        {
            { Passed: false } => ("FAILED ", "red"),
            { IsSkipped: true } => ("skipped", "yellow"),
            { IsUpdated: true } => ("written", "yellow"),
            _ => ("ok     ", "green"),
        };
        terminal.Write($"  {word} ", style);
        terminal.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{value.Request.Name}  ({value.Duration.TotalMilliseconds:0} ms)"));
        foreach (ResponseDifference difference in value.Differences)
        {
            Write(difference);
        }

        foreach (string line in value.NotJudged)
        {
            terminal.WriteLine($"      {line}", "yellow");
        }
    }

    public void End(IReadOnlyList<HttpFileReport> reports, bool isBroken)
    {
        HttpFileRequestReport[] all = [.. reports.SelectMany(r => r.Requests)];
        int failed = all.Count(r => !r.Passed), skipped = all.Count(r => r.IsSkipped), updated = all.Count(r => r.IsUpdated);
        terminal.WriteLine();
        terminal.WriteLine(
            $"{all.Length} requests, {all.Length - failed - skipped} as expected{(updated > 0 ? $" ({updated} written)" : "")}, {failed} different"
            + $"{(skipped > 0 ? $", {skipped} skipped" : "")}{(isBroken ? ", broken off" : "")}",
            failed > 0 || isBroken ? "red" : "green");
    }

    private void Write(ResponseDifference difference)
    {
        foreach (string line in difference.ToString().Split('\n'))
        {
            string style = line.StartsWith("  - ", StringComparison.Ordinal) ? "red" : line.StartsWith("  + ", StringComparison.Ordinal) ? "green" : "default";
            terminal.WriteLine($"      {line}", style);
        }
    }
}
