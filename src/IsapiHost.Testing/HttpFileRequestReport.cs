using IsapiHost.Testing.Comparison;
using IsapiHost.Testing.Expectations;
using IsapiHost.Testing.HttpFiles;

namespace IsapiHost.Testing;

/// <summary>What came of one request of an <c>.http</c> file.</summary>
/// <param name="Request">The request as it stands in the file.</param>
/// <param name="Answer">What was received; null if no whole answer came.</param>
/// <param name="Duration">From the sending to the end of the body.</param>
/// <param name="Differences">What is not as expected; empty if all is.</param>
public sealed record HttpFileRequestReport(
    HttpFileRequest Request, HttpAnswer? Answer, TimeSpan Duration, IReadOnlyList<AnswerDifference> Differences)
{
    /// <summary>Whether the answer is as expected, as far as that could be judged.</summary>
    public bool Passed => Differences.Count == 0;

    /// <summary>The expectations that could not be judged, with the reason; empty if all were.</summary>
    public IReadOnlyList<string> NotJudged { get; init; } = [];

    /// <summary>Whether nothing that was expected could be judged.</summary>
    public bool IsSkipped { get; init; }

    /// <summary>Whether the expected answer was written or changed (<see cref="HttpFileRunner.Update"/>).</summary>
    public bool IsUpdated { get; init; }
}
