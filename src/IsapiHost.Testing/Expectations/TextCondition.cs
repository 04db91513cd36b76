using System.Text.RegularExpressions;

namespace IsapiHost.Testing.Expectations;

/// <summary><c>is</c>, <c>contains</c> or <c>matches</c> with the text to compare.</summary>
internal sealed class TextCondition
{
    private readonly Func<string, bool> _holds;

    private TextCondition(Func<string, bool> holds)
    {
        _holds = holds;
    }

    /// <summary>Null for another word.</summary>
    /// <exception cref="ArgumentException">The regular expression is not one.</exception>
    public static TextCondition? Create(string word, string operand) => word switch
    {
        "is" => new TextCondition(text => text == operand),
        "contains" => new TextCondition(text => text.Contains(operand, StringComparison.Ordinal)),
        "matches" => new TextCondition(new Regex(operand, MaskedText.RegexOptions, MaskedText.RegexLimit).IsMatch),
        _ => null,
    };

    public bool Holds(string text)
    {
        try
        {
            return _holds(text);
        }
        catch (RegexMatchTimeoutException)
        {
            return false; // an expression that takes seconds decides nothing
        }
    }
}
