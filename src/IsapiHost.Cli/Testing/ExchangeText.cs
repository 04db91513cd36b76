using System.Globalization;
using IsapiHost.Testing;
using IsapiHost.Testing.Messages;

namespace IsapiHost.Cli.Testing;

/// <summary>A request and its response in full, for <c>--verbose</c> and for the output of a failed test case.</summary>
internal static class ExchangeText
{
    private const int LongestBody = 8 * 1024;

    /// <summary>Both, each line with <c>&gt;</c> or <c>&lt;</c> before it.</summary>
    public static IEnumerable<string> Lines(HttpFileRequestReport report) =>
        (report.Sent is { } sent ? Of(sent).Split('\n').Select(line => $"> {TextDisplay.Show(line)}") : [])
        .Concat(report.Response is { } received ? Of(received).Split('\n').Select(line => $"< {TextDisplay.Show(line)}") : []);

    /// <summary>A response, its lines divided by LF.</summary>
    public static string Of(ReceivedResponse response) =>
        Text($"HTTP/1.1 {response.Status} {response.Reason}", response.Headers, response.Body, response.ContentType);

    private static string Of(SentRequest request) => Text(
        $"{request.Method} {request.Url.PathAndQuery} HTTP/1.1",
            [new("Host", request.Url.Authority), .. request.Headers],
            request.Body,
            contentType: "");

    private static string Text(
        string firstLine, IEnumerable<KeyValuePair<string, string>> headers, ReadOnlyMemory<byte> body, string? contentType)
    {
        IEnumerable<string> head = [firstLine, .. headers.Select(header => $"{header.Key}: {header.Value}")];
        return string.Join('\n', body.Length == 0 ? head : [.. head, "", Body(body, contentType)]);
    }

    private static string Body(ReadOnlyMemory<byte> body, string? contentType) =>
        body.Length <= LongestBody && BodyText.IsText(body.Span, contentType)
            ? BodyText.Decode(body.Span).Replace("\r\n", "\n", StringComparison.Ordinal)
            : body.Length.ToString("(0 bytes)", CultureInfo.InvariantCulture);
}
