using System.Text.RegularExpressions;

namespace IsapiHost.Tracing;

/// <summary>The words of a <see cref="TraceCondition"/>, one after the other.</summary>
internal sealed partial class ConditionWords
{
    private readonly Match[] _words;
    private readonly int _end;
    private int _index;

    public ConditionWords(string text)
    {
        _end = text.Length;
        _words = [.. Word().Matches(text).Cast<Match>()];
    }

    /// <summary>The word to come; null at the end.</summary>
    public string? Next => _index < _words.Length ? _words[_index].Value : null;

    public bool TryTake(string word)
    {
        var isNext = string.Equals(Next, word, StringComparison.OrdinalIgnoreCase);
        _index += isNext ? 1 : 0;
        return isNext;
    }

    public string Take() => _words[_index++].Value;

    /// <summary>A bare word, or a text in quotes of either kind.</summary>
    public string TakeText()
    {
        if (Next is not { } word || IsSign(word[0]) || (word[0] is '"' or '\'' && (word.Length < 2 || word[^1] != word[0])))
        {
            throw Fault("expected a text, such as GET or \"/ext.dll\"");
        }

        Take();
        return word[0] is '"' or '\'' ? word[1..^1] : word;
    }

    public FormatException Fault(string expected) => new(
        Next is { } word ? $"{expected} at position {_words[_index].Index + 1}, where '{word}' stands." : $"{expected} at position {_end + 1}, the end.");

    private static bool IsSign(char c) => c is '(' or ')' or '&' or '|' or '=' or '!' or '<' or '>' or '~';

    [GeneratedRegex("""&&|\|\||==|!=|<=|>=|"[^"]*"|'[^']*'|[()&|=!<>~"']|[^\s()&|=!<>~"']+""", RegexOptions.CultureInvariant)]
    private static partial Regex Word();
}
