using System.Text;
using IsapiHost.Testing.HttpFiles;

namespace IsapiHost.Testing;

/// <summary>What came of the requests of an <c>.http</c> file.</summary>
/// <param name="File">The file.</param>
/// <param name="Requests">A report for each request, in the file's order.</param>
public sealed record HttpFileReport(HttpFile File, IReadOnlyList<HttpFileRequestReport> Requests)
{
    /// <summary>Whether every response is as expected.</summary>
    public bool Passed => Requests.All(r => r.Passed);

    /// <summary>The report for people: each request with its differences, fit for the message of an assertion.</summary>
    public override string ToString()
    {
        StringBuilder text = new();
        text.Append(File.Path).Append(": ").Append(Requests.Count(r => r.Passed)).Append(" of ").Append(Requests.Count).Append(" responses as expected");
        foreach (HttpFileRequestReport request in Requests.Where(r => !r.Passed))
        {
            text.Append("\n\n").Append(request.Request.Name);
            foreach (var difference in request.Differences)
            {
                text.Append('\n').Append(difference);
            }
        }

        foreach (HttpFileRequestReport request in Requests.Where(r => r.NotJudged.Count > 0))
        {
            text.Append("\n\n").Append(request.Request.Name).Append('\n').AppendJoin('\n', request.NotJudged);
        }

        return text.ToString();
    }
}
