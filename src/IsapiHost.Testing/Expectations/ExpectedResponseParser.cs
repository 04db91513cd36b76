using IsapiHost.Testing.Files;

namespace IsapiHost.Testing.Expectations;

/// <summary>Reads the section of one response; its first line is the <c>###</c> one.</summary>
internal sealed class ExpectedResponseParser(string path, string[] lines, int firstLine)
{
    private const string BodyForms = "Write '# body text', with crlf, latin1 or final-newlines N after it, '# body base64', '# body file NAME' or '# body any'.";

    private readonly List<string> _comments = [];
    private readonly List<ExpectedHeader> _headers = [];
    private ExpectedBody _body = new();
    private bool _bodyDeclared;

    public ExpectedResponse Parse()
    {
        string name = lines[0].TrimStart('#').Trim();
        if (name.Length == 0)
        {
            throw new HttpFileException(path, firstLine, "this response has no name", "Write ### and the name of its request.");
        }

        int at = ReadComments();
        if (at == lines.Length || !lines[at].StartsWith("HTTP", StringComparison.Ordinal) || lines[at].IndexOf(' ', StringComparison.Ordinal) is var space && space < 0)
        {
            throw new HttpFileException(path, firstLine + Math.Min(at, lines.Length - 1), $"the response '{name}' has no status line", "Write HTTP/1.1 200 OK.");
        }

        int end = ReadHeaders(at + 1);
        ExpectedResponse response = new()
        {
            Name = name,
            Line = firstLine,
            Comments = _comments,
            Ignored = [.. _comments.SelectMany(c => HeaderNames(c, "ignore"))],
            Compared = [.. _comments.SelectMany(c => HeaderNames(c, "compare"))],
            Status = lines[at][space..].Trim(),
            StatusLine = firstLine + at,
            Headers = _headers,
            Body = ReadBody(end),
            Source = string.Join('\n', lines).TrimEnd('\n'),
        };
        CheckMasks(response);
        return response;
    }

    /// <summary>The names in a line such as <c># ignore Set-Cookie ETag</c>.</summary>
    public static string[] HeaderNames(string line, string word) =>
        line.StartsWith('#') && line.TrimStart('#').Split([' ', ',', '\t'], StringSplitOptions.RemoveEmptyEntries) is [var first, .. var names] && first == word
            ? names
            : [];

    private int ReadComments()
    {
        int at = 1;
        for (; at < lines.Length && (lines[at].StartsWith('#') || string.IsNullOrWhiteSpace(lines[at])); at++)
        {
            if (lines[at].TrimStart('#').Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries) is ["body", .. var words])
            {
                _body = BodyForm(words, firstLine + at);
                _bodyDeclared = true;
            }
            else if (lines[at].StartsWith('#'))
            {
                _comments.Add(lines[at]);
            }
        }

        return at;
    }

    private ExpectedBody BodyForm(string[] words, int line) => words switch
    {
        ["any"] => new ExpectedBody { Kind = ExpectedBodyKind.Any, Line = line },
        ["base64"] => new ExpectedBody { Kind = ExpectedBodyKind.Base64, Line = line },
        ["file", var name] when name == Path.GetFileName(name) => new ExpectedBody { Kind = ExpectedBodyKind.File, FileName = name, Line = line },
        ["text", .. var details] => TextForm(details, line),
        _ => throw WrongForm(words, line),
    };

    private ExpectedBody TextForm(string[] details, int line)
    {
        ExpectedBody body = new() { Line = line };
        while (details.Length > 0)
        {
            (body, details) = details switch
            {
                ["crlf", ..] => (body with { IsCrLf = true }, details[1..]),
                ["latin1", ..] => (body with { IsLatin1 = true }, details[1..]),
                ["final-newlines", var count, ..] when ushort.TryParse(count, out ushort newlines) => (body with { FinalNewlines = newlines }, details[2..]),
                _ => throw WrongForm(["text", .. details], line),
            };
        }

        return body;
    }

    private HttpFileException WrongForm(string[] words, int line) => new(path, line, $"'# body {string.Join(' ', words)}' is not understood", BodyForms);

    private int ReadHeaders(int at)
    {
        for (; at < lines.Length && !string.IsNullOrWhiteSpace(lines[at]); at++)
        {
            int colon = lines[at].IndexOf(':', StringComparison.Ordinal);
            if (colon <= 0)
            {
                throw new HttpFileException(path, firstLine + at, $"'{lines[at]}' is not a header", "Write Name: value, or an empty line before the body.");
            }

            _headers.Add(new ExpectedHeader(lines[at][..colon].Trim(), lines[at][(colon + 1)..].Trim(), firstLine + at));
        }

        return at + 1;
    }

    private ExpectedBody ReadBody(int at)
    {
        int end = lines.Length;
        while (end > at && lines[end - 1].Length == 0)
        {
            end--;
        }

        string[] content = at < end ? lines[at..end] : [];
        int line = firstLine + at;
        switch (_body.Kind)
        {
            case ExpectedBodyKind.Text:
                return content.Length == 0 && !_bodyDeclared
                    ? ExpectedBody.Empty
                    : _body with { Lines = [.. content.Select(Unescape)], Line = line };
            case ExpectedBodyKind.Base64:
                try
                {
                    return _body with { Bytes = Convert.FromBase64String(string.Concat(content)), Line = line };
                }
                catch (FormatException e)
                {
                    throw new HttpFileException(path, line, "this body is not base64", "Correct it, or write the response with --update.", e);
                }

            default:
                return content.Length == 0
                    ? _body
                    : throw new HttpFileException(path, line, "this response has text after its headers although its body is elsewhere", "Remove the text, or the '# body' line.");
        }
    }

    private static string Unescape(string line) => line.StartsWith('\\') ? line[1..] : line;

    private void CheckMasks(ExpectedResponse response)
    {
        Check(response.Status, response.StatusLine);
        foreach (ExpectedHeader header in response.Headers)
        {
            Check(header.Value, header.Line);
        }

        for (int i = 0; i < response.Body.Lines.Count; i++)
        {
            Check(response.Body.Lines[i], response.Body.Line + i);
        }
    }

    private void Check(string text, int line)
    {
        try
        {
            _ = new MaskedText(text, host: "");
        }
        catch (ArgumentException e)
        {
            throw new HttpFileException(path, line, $"a mask in this line is wrong: {e.Message.TrimEnd('.')}", "Correct what stands between {{ and }}.", e);
        }
    }
}
