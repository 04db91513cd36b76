using IsapiHost.Tracing;

namespace IsapiHost.Tests.Tracing;

internal static class Traces
{
    public static RequestTrace Of(int status = 200, double milliseconds = 1, params Violation[] violations) => new()
    {
        Number = 1,
        Started = new DateTimeOffset(2026, 1, 2, 3, 4, 5, 678, TimeSpan.Zero),
        Method = "GET",
        Url = "/ext.dll/some?x=1",
        Path = "/ext.dll/some",
        Module = "ext.dll",
        Status = status,
        Bytes = 10,
        Framing = TraceFraming.Length,
        Outcome = TraceOutcome.Success,
        Milliseconds = milliseconds,
        Calls = [new TracedCall("WriteClient", "10 bytes", "TRUE", 0, 7, 0.1, 0.2)],
        Violations = violations,
    };

    public static Violation Violation { get; } = new()
    {
        Name = "finished-twice",
        Sentence = "Sentence.",
        Module = "ext.dll",
        Request = "GET /ext.dll",
    };
}
