using IsapiHost.Testing;
using IsapiHost.Testing.Expectations;
using IsapiHost.Testing.Files;
using IsapiHost.Testing.HttpFiles;

namespace IsapiHost.Cli.Testing;

/// <summary>Runs files one after the other, up to the first that cannot be run, and then ends the modules.</summary>
internal static class TestRun
{
    public static async Task<RunResult> RunAsync(
        HttpFileRunner runner, IReadOnlyList<HttpFile> files, TestOutput output, CancellationToken cancellation)
    {
        List<HttpFileReport> reports = [];
        HttpFileException? fault = null;
        foreach (var file in files)
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

        var late = runner.Host is { } host ? await EndAsync(host) : [];
        return new RunResult(reports, fault, late, AskForNoViolations(reports));
    }

    // Some violations show only at the end: a request that was never finished, a callback after TerminateExtension.
    private static async Task<IReadOnlyList<string>> EndAsync(IsapiTestHost host)
    {
        var before = host.Violations.Count;
        await host.DisposeAsync();
        return [.. host.Violations.Skip(before).Select(violation => violation.ToString()).Distinct()];
    }

    private static bool AskForNoViolations(IEnumerable<HttpFileReport> reports) =>
        reports.SelectMany(report => report.Requests).Any(report => report.Request.Expectations.OfType<NoViolationsExpectation>().Any());
}
