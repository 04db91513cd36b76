using IsapiHost.Testing.Files;

namespace IsapiHost.Testing.Expectations;

/// <summary>Reads <c>.expected</c> files; docs/testing.md describes the format.</summary>
internal sealed class ExpectedFileParser(string path)
{
    private readonly List<ExpectedResponse> _responses = [];
    private readonly HashSet<string> _names = new(StringComparer.OrdinalIgnoreCase);

    public ExpectedFile Parse(string text)
    {
        // Only LF and CRLF divide lines: a lone CR or a form feed would be content.
        string[] lines = text.Replace("\r\n", "\n", StringComparison.Ordinal).Split('\n');
        int first = Array.FindIndex(lines, IsSeparator);
        string[] preamble = first < 0 ? lines : lines[..first];
        for (int i = 0; i < preamble.Length; i++)
        {
            if (preamble[i].Trim() is { Length: > 0 } content && content[0] != '#')
            {
                throw new HttpFileException(path, i + 1, "this line belongs to no response", "Put '### NAME-OF-THE-REQUEST' before it, or write the file with --update.");
            }
        }

        for (int start = first; start >= 0 && start < lines.Length;)
        {
            int next = Array.FindIndex(lines, start + 1, IsSeparator);
            int end = next < 0 ? lines.Length : next;
            Add(new ExpectedResponseParser(path, lines.AsSpan(start, end - start).ToArray(), start + 1).Parse());
            start = next;
        }

        return new ExpectedFile(path, [.. preamble], _responses)
        {
            Ignored = [.. preamble.SelectMany(line => ExpectedResponseParser.HeaderNames(line, "ignore"))],
            Compared = [.. preamble.SelectMany(line => ExpectedResponseParser.HeaderNames(line, "compare"))],
        };
    }

    private static bool IsSeparator(string line) => line.StartsWith("###", StringComparison.Ordinal);

    private void Add(ExpectedResponse response)
    {
        if (!_names.Add(response.Name))
        {
            throw new HttpFileException(path, response.Line, $"there are two responses for '{response.Name}'", "Remove one of them.");
        }

        _responses.Add(response);
    }
}
