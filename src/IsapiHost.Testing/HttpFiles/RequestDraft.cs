using System.Text;
using IsapiHost.Testing.Expectations;
using IsapiHost.Testing.Files;

namespace IsapiHost.Testing.HttpFiles;

/// <summary>A request while its lines are read.</summary>
internal sealed class RequestDraft(string path, string? name)
{
    private readonly List<HttpFileHeader> _headers = [];
    private readonly List<InlineExpectation> _expectations = [];
    private readonly List<HttpFileCapture> _captures = [];
    private readonly List<(string Text, int Line)> _body = [];
    private readonly StringBuilder _url = new();
    private string? _name = string.IsNullOrEmpty(name) ? null : name;
    private string _method = "GET";
    private int _line;
    private bool _usesCookies = true;

    public bool HasRequestLine => _line > 0;

    public bool IsInBody { get; private set; }

    /// <summary>Takes <c># @name x</c>, <c># @no-cookie-jar</c>, <c># expect …</c> and <c># capture …</c>, wherever they stand.</summary>
    public bool ReadDirective(string comment, int line)
    {
        if (Argument(comment, "@name") is { } name)
        {
            _name = name.Length > 0 ? name : throw new HttpFileException(path, line, "@name has no name", "Write # @name login.");
            return true;
        }

        if (Argument(comment, "expect") is { } expectation)
        {
            _expectations.Add(InlineExpectationParser.Parse(expectation, path, line));
            return true;
        }

        if (Argument(comment, "capture") is { } capture)
        {
            _captures.Add(CaptureParser.Parse(capture, path, line));
            return true;
        }

        if (Argument(comment, "@no-cookie-jar") is not null)
        {
            _usesCookies = false;
            return true;
        }

        return false;
    }

    public void ReadRequestLine(string text, int line)
    {
        (string method, string url) = SplitRequestLine(text);
        if (url.Length == 0 || url.Any(char.IsControl) || !(url[0] == '/' || url.StartsWith("{{", StringComparison.Ordinal) || IsAbsolute(url)))
        {
            throw new HttpFileException(path, line, $"'{text}' is not a request line",
                "Write METHOD URL, such as GET {{host}}/ext.dll?x=1; comments begin with #, and a body comes after an empty line.");
        }

        (_method, _line) = (method, line);
        _url.Append(url);
    }

    public void AddHeadLine(string content, int line)
    {
        string trimmed = content.Trim();
        if (trimmed.Length == 0)
        {
            IsInBody = true;
        }
        else if (_headers.Count == 0 && trimmed[0] is '?' or '&' or '/')
        {
            _url.Append(trimmed);
        }
        else
        {
            int colon = trimmed.IndexOf(':', StringComparison.Ordinal);
            if (colon <= 0 || !IsToken(trimmed[..colon]))
            {
                throw new HttpFileException(path, line, $"'{trimmed}' is not a header", "Write Name: value, or an empty line before the body.");
            }

            _headers.Add(new HttpFileHeader(trimmed[..colon], trimmed[(colon + 1)..].Trim(), line));
        }
    }

    public void AddBodyLine(string content, int line) => _body.Add((content, line));

    /// <summary>The request; null if there is none between two separators.</summary>
    public HttpFileRequest? ToRequest(HashSet<string> names)
    {
        if (!HasRequestLine)
        {
            return _expectations.Count == 0
                ? null
                : throw new HttpFileException(path, _expectations[0].Line, "this expectation belongs to no request",
                    "Put it between the ### line before its request and the next one.");
        }

        string url = _url.ToString();
        return new HttpFileRequest
        {
            Name = UniqueName(_name ?? DefaultName(url), names),
            Line = _line,
            Method = _method,
            Url = url,
            Headers = _headers,
            Body = BodyParts(),
            Expectations = _expectations,
            Captures = _captures,
            UsesCookies = _usesCookies,
        };
    }

    private string UniqueName(string wanted, HashSet<string> names)
    {
        if (names.Add(wanted))
        {
            return wanted;
        }

        if (_name is not null)
        {
            throw new HttpFileException(path, _line, $"a request before it has the name '{wanted}' too", "Give each request a name of its own.");
        }

        int number = 2;
        while (!names.Add($"{wanted} ({number})"))
        {
            number++;
        }

        return $"{wanted} ({number})";
    }

    private string DefaultName(string url) => $"{_method} {url.Replace("{{host}}", "", StringComparison.Ordinal)}";

    private List<HttpFileBodyPart> BodyParts()
    {
        while (_body.Count > 0 && string.IsNullOrWhiteSpace(_body[^1].Text))
        {
            _body.RemoveAt(_body.Count - 1);
        }

        List<HttpFileBodyPart> parts = [];
        List<string> text = [];
        foreach ((string content, int line) in _body)
        {
            bool fills = content.StartsWith("<@ ", StringComparison.Ordinal);
            if (fills || content.StartsWith("< ", StringComparison.Ordinal))
            {
                AddText();
                parts.Add(new HttpFileBodyPart(null, content[(fills ? 3 : 2)..].Trim(), fills, line));
            }
            else
            {
                text.Add(content);
            }

            void AddText()
            {
                if (text.Count > 0)
                {
                    parts.Add(new HttpFileBodyPart(string.Join('\n', text), null, FillsVariables: true, line - text.Count));
                    text.Clear();
                }
            }
        }

        if (text.Count > 0)
        {
            parts.Add(new HttpFileBodyPart(string.Join('\n', text), null, FillsVariables: true, _body[^1].Line - text.Count + 1));
        }

        return parts;
    }

    private static (string Method, string Url) SplitRequestLine(string text)
    {
        int version = text.LastIndexOf(" HTTP/", StringComparison.OrdinalIgnoreCase);
        if (version >= 0 && text[(version + 6)..].All(c => char.IsAsciiDigit(c) || c == '.'))
        {
            text = text[..version].TrimEnd();
        }

        int space = text.IndexOfAny([' ', '\t']);
        return space > 0 && IsToken(text[..space]) ? (text[..space], text[space..].Trim()) : ("GET", text);
    }

    private static bool IsAbsolute(string url) =>
        url.StartsWith("http://", StringComparison.OrdinalIgnoreCase) || url.StartsWith("https://", StringComparison.OrdinalIgnoreCase);

    // RFC 9110, 5.6.2
    private static bool IsToken(string text) => text.Length > 0 && text.All(c => char.IsAsciiLetterOrDigit(c) || "!#$%&'*+-.^_`|~".Contains(c));

    private static string? Argument(string comment, string word) =>
        comment.StartsWith(word, StringComparison.Ordinal) && (comment.Length == word.Length || char.IsWhiteSpace(comment[word.Length]))
            ? comment[word.Length..].Trim()
            : null;
}
