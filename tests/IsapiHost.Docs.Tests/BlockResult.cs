namespace IsapiHost.Docs.Tests;

/// <summary>What came of a block.</summary>
/// <param name="Failure">What is wrong; null for nothing.</param>
/// <param name="Skipped">Why it was not checked; null if it was.</param>
internal sealed record BlockResult(string? Failure = null, string? Skipped = null)
{
    public static readonly BlockResult Passed = new();
}
