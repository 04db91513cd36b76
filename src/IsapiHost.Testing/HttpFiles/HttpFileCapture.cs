using System.Text.RegularExpressions;
using IsapiHost.Testing.Messages;

namespace IsapiHost.Testing.HttpFiles;

/// <summary>
/// A <c># capture NAME …</c> line of an <c>.http</c> file: it takes a value from the response, which later requests of the file use as
/// <c>{{NAME}}</c>. Immutable.
/// </summary>
public sealed class HttpFileCapture
{
    private readonly string? _header;
    private readonly Regex? _pattern;

    internal HttpFileCapture(string name, string? header, Regex? pattern, string text, int line)
    {
        Name = name;
        Text = text;
        Line = line;
        _header = header;
        _pattern = pattern;
    }

    /// <summary>The variable that gets the value.</summary>
    public string Name { get; }

    /// <summary>The words after <c># capture</c>.</summary>
    public string Text { get; }

    /// <summary>Its line in the file, from 1.</summary>
    public int Line { get; }

    /// <summary>The value: the first group of the expression, or all that it matches if it has none; null if nothing matches.</summary>
    internal string? Find(ReceivedResponse response)
    {
        IEnumerable<string> texts = _header is null ? [BodyText.Decode(response.Body.Span)] : response.HeaderValues(_header);
        if (_pattern is null)
        {
            return texts.FirstOrDefault();
        }

        var match = texts.Select(Match).FirstOrDefault(match => match?.Success == true);
        return match?.Groups[match.Groups.Count > 1 ? 1 : 0].Value;
    }

    private Match? Match(string text)
    {
        try
        {
            return _pattern!.Match(text);
        }
        catch (RegexMatchTimeoutException)
        {
            return null; // an expression that takes seconds finds nothing
        }
    }
}
