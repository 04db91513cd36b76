using IsapiHost.Testing.Files;

namespace IsapiHost.Testing.HttpFiles;

/// <summary>Goes through the lines of an <c>.http</c> file; what belongs to one request is gathered by <see cref="RequestDraft"/>.</summary>
internal sealed class HttpFileParser(string path)
{
    private const string UnsupportedScript = "JavaScript of an editor is not run here. Remove it; '# expect …' lines check responses.";

    private readonly List<HttpFileVariable> _variables = [];
    private readonly List<HttpFileRequest> _requests = [];
    private readonly HashSet<string> _names = new(StringComparer.OrdinalIgnoreCase);

    public HttpFile Parse(string text)
    {
        RequestDraft draft = new(path, name: null);
        int line = 0;
        foreach (string content in text.ReplaceLineEndings("\n").Split('\n'))
        {
            line++;
            if (content.StartsWith("###", StringComparison.Ordinal))
            {
                Finish(draft);
                draft = new RequestDraft(path, content.TrimStart('#').Trim());
            }
            else
            {
                Read(draft, content, line);
            }
        }

        Finish(draft);
        return new HttpFile(path, _variables, _requests);
    }

    private void Read(RequestDraft draft, string content, int line)
    {
        string trimmed = content.Trim();
        if (CommentText(trimmed) is { } comment && draft.ReadDirective(comment, line))
        {
            return;
        }

        if (draft.IsInBody)
        {
            draft.AddBodyLine(
                !IsScript(trimmed) ? content : throw new HttpFileException(path, line, "this begins a response handler", UnsupportedScript), line);
        }
        else if (CommentText(trimmed) is not null)
        {
            // A comment: it ends nothing and says nothing.
        }
        else if (draft.HasRequestLine)
        {
            draft.AddHeadLine(content, line);
        }
        else if (trimmed.StartsWith('@'))
        {
            _variables.Add(Variable(trimmed, line));
        }
        else if (trimmed.StartsWith("< {%", StringComparison.Ordinal))
        {
            throw new HttpFileException(path, line, "this begins a script before the request", UnsupportedScript);
        }
        else if (trimmed.Length > 0)
        {
            draft.ReadRequestLine(trimmed, line);
        }
    }

    private void Finish(RequestDraft draft)
    {
        if (draft.ToRequest(_names) is { } request)
        {
            _requests.Add(request);
        }
    }

    private HttpFileVariable Variable(string trimmed, int line)
    {
        int equals = trimmed.IndexOf('=', StringComparison.Ordinal);
        string name = equals < 0 ? "" : trimmed[1..equals].Trim();
        return name.Length > 0 && !name.Any(char.IsWhiteSpace)
            ? new HttpFileVariable(name, trimmed[(equals + 1)..].Trim(), line)
            : throw new HttpFileException(path, line, $"'{trimmed}' defines no variable", "Write @name = value.");
    }

    private static string? CommentText(string trimmed) => trimmed switch
    {
        ['#', .. var rest] => rest.Trim(),
        ['/', '/', .. var rest] => rest.Trim(),
        _ => null,
    };

    private static bool IsScript(string trimmed) =>
        trimmed.StartsWith("> {%", StringComparison.Ordinal)
        || (trimmed.StartsWith("> ", StringComparison.Ordinal) && trimmed.EndsWith(".js", StringComparison.OrdinalIgnoreCase));
}
