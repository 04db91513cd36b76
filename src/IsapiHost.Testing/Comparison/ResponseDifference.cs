namespace IsapiHost.Testing.Comparison;

/// <summary>One thing in a response that is not as expected.</summary>
/// <param name="Subject">What differs: <c>status</c>, <c>header Content-Type</c>, <c>body</c>, <c>expect …</c> or <c>no response</c>.</param>
/// <param name="Description">What was expected and what was received, in one or more lines divided by LF; control characters are made visible.</param>
/// <param name="Path">The file that holds the expectation.</param>
/// <param name="Line">Its line there, from 1.</param>
public sealed record ResponseDifference(string Subject, string Description, string Path, int Line)
{
    /// <summary>The difference as it stands in a report.</summary>
    public override string ToString() =>
        Description.Contains('\n', StringComparison.Ordinal) ? $"{Subject} ({Path}:{Line}):\n{Description}" : $"{Subject} ({Path}:{Line}): {Description}";
}
