using System.Text;

namespace IsapiHost.Testing.Expectations;

/// <summary>Writes <c>.expected</c> files; docs/testing.md describes the format.</summary>
internal static class ExpectedFileWriter
{
    private const int Base64Line = 76;

    public static string Write(IReadOnlyList<string> preamble, IEnumerable<ExpectedResponse> responses)
    {
        StringBuilder text = new(string.Join('\n', preamble).TrimEnd('\n'));
        foreach (ExpectedResponse response in responses)
        {
            text.Append(text.Length > 0 ? "\n\n" : "").Append(response.Source ?? Section(response));
        }

        return text.Append('\n').ToString();
    }

    private static string Section(ExpectedResponse response)
    {
        StringBuilder text = new();
        text.Append("### ").Append(response.Name).Append('\n');
        foreach (string comment in response.Comments)
        {
            text.Append(comment).Append('\n');
        }

        if (BodyForm(response.Body) is { } form)
        {
            text.Append("# body ").Append(form).Append('\n');
        }

        text.Append("HTTP/1.1 ").Append(response.Status).Append('\n');
        foreach (ExpectedHeader header in response.Headers)
        {
            text.Append(header.Name).Append(": ").Append(header.Value).Append('\n');
        }

        string[] body = [.. BodyLines(response.Body)];
        return (body.Length == 0 ? text : text.Append('\n').AppendJoin('\n', body)).ToString().TrimEnd('\n');
    }

    private static string? BodyForm(ExpectedBody body) => body switch
    {
        { Kind: ExpectedBodyKind.Any } => "any",
        { Kind: ExpectedBodyKind.File } => $"file {body.FileName}",
        { Kind: ExpectedBodyKind.Base64 } => "base64",
        { Lines.Count: 0 } or { IsCrLf: false, IsLatin1: false, FinalNewlines: 1 } => null,
        _ => $"text{(body.IsCrLf ? " crlf" : "")}{(body.IsLatin1 ? " latin1" : "")}{(body.FinalNewlines == 1 ? "" : $" final-newlines {body.FinalNewlines}")}",
    };

    private static IEnumerable<string> BodyLines(ExpectedBody body) => body.Kind switch
    {
        ExpectedBodyKind.Text => body.Lines.Select(Escape),
        ExpectedBodyKind.Base64 => Convert.ToBase64String(body.Bytes.Span).Chunk(Base64Line).Select(chunk => new string(chunk)),
        _ => [],
    };

    // A line of content must not end the section.
    private static string Escape(string line) => line.StartsWith('\\') || line.StartsWith("###", StringComparison.Ordinal) ? $"\\{line}" : line;
}
