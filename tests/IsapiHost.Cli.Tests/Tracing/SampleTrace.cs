using IsapiHost.Tracing;

namespace IsapiHost.Cli.Tests.Tracing;

/// <summary>A request with an asynchronous write, a refused call, and markup wherever a client or an extension could put some.</summary>
internal static class SampleTrace
{
    public const string Markup = "<script>alert('&\"')</script>";

    public static RequestTrace Create() => new()
    {
        Started = new DateTimeOffset(2026, 1, 2, 3, 4, 5, 678, TimeSpan.Zero),
        Method = "GET",
        Url = $"/ext.dll?{Markup}",
        Path = "/ext.dll",
        Module = $"/modules/{Markup}.dll",
        Status = 503,
        Bytes = 1234,
        Framing = TraceFraming.Length,
        Outcome = TraceOutcome.Success,
        Milliseconds = 20,
        Calls =
        [
            new TracedCall("HttpExtensionProc", "", "HSE_STATUS_PENDING", 0, 4711, 0, 10),
            new TracedCall("WriteClient", $"5 bytes \"{Markup}\", ASYNC", "TRUE", 0, 4711, 2, 1, inside: 0),
            new TracedCall("completion", "of WriteClient, 5 bytes, error 0", "returned", 0, 4712, 12, 5, completes: 1),
            new TracedCall($"SEND_URL{Markup}", "", $"FALSE{Markup}", 87, 4712, 13, 0.5, inside: 2),
            new TracedCall("ReadClient", "up to 5 bytes", "", 0, 4713, 15, 5),
        ],
        CallsLeftOut = 3,
        Violations =
        [
            new Violation
            {
                Name = $"head-sent-twice{Markup}",
                Sentence = $"Sentence.{Markup}",
                Module = "ext.dll",
                Request = "GET /ext.dll",
                Call = $"SEND_URL({Markup})",
                Detail = $"detail{Markup}",
            },
        ],
    };
}
