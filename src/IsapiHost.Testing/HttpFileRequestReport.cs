using IsapiHost.Testing.Comparison;
using IsapiHost.Testing.HttpFiles;
using IsapiHost.Testing.Messages;

namespace IsapiHost.Testing;

/// <summary>What came of one request of an <c>.http</c> file.</summary>
public sealed record HttpFileRequestReport
{
    /// <summary>The request as it stands in the file.</summary>
    public required HttpFileRequest Request { get; init; }

    /// <summary>The request as it was sent, with its variables filled in; null if it was not sent.</summary>
    public SentRequest? Sent { get; init; }

    /// <summary>What was received; null if no whole response came.</summary>
    public ReceivedResponse? Response { get; init; }

    /// <summary>From the sending to the end of the body; of several tries, the last one's.</summary>
    public TimeSpan Duration { get; init; }

    /// <summary>How often the request was sent; more than once only with <see cref="HttpFileRunner.Retries"/>.</summary>
    public int Tries { get; init; } = 1;

    /// <summary>What is not as expected; empty if all is.</summary>
    public IReadOnlyList<ResponseDifference> Differences { get; init; } = [];

    /// <summary>Whether the response is as expected, as far as that could be judged.</summary>
    public bool Passed => Differences.Count == 0;

    /// <summary>The expectations that could not be judged, with the reason; empty if all were.</summary>
    public IReadOnlyList<string> NotJudged { get; init; } = [];

    /// <summary>Whether nothing that was expected could be judged.</summary>
    public bool IsSkipped { get; init; }

    /// <summary>Whether the expected response was written or changed (<see cref="HttpFileRunner.Update"/>).</summary>
    public bool IsUpdated { get; init; }
}
