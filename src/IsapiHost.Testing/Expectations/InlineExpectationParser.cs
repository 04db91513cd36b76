using IsapiHost.Testing.Files;

namespace IsapiHost.Testing.Expectations;

/// <summary>Reads the words after <c># expect</c>.</summary>
internal static class InlineExpectationParser
{
    private const string Forms =
        "Write one of: expect status 200 (or 2xx), expect header NAME exists|absent|is TEXT|contains TEXT|matches REGEX, "
        + "expect body empty|is TEXT|contains TEXT|matches REGEX, expect no violations.";

    public static InlineExpectation Parse(string text, string path, int line)
    {
        string[] words = text.Split((char[]?)null, 4, StringSplitOptions.RemoveEmptyEntries);
        try
        {
            return words switch
            {
                ["status", [_, _, _] code] when code.All(c => char.IsAsciiDigit(c) || c == 'x') => new StatusExpectation(text, line, code),
                ["header", var name, "exists"] => new HeaderExpectation(text, line, name, isPresent: true, value: null),
                ["header", var name, "absent"] => new HeaderExpectation(text, line, name, isPresent: false, value: null),
                ["header", var name, var word, var operand] when TextCondition.Create(word, operand) is { } value =>
                    new HeaderExpectation(text, line, name, isPresent: true, value),
                ["body", "empty"] => new BodyExpectation(text, line, content: null),
                ["body", var word, ..] when TextCondition.Create(word, After(text, 2)) is { } content => new BodyExpectation(text, line, content),
                ["no", "violations"] => new NoViolationsExpectation(text, line),
                _ => throw new HttpFileException(path, line, $"'expect {text}' is not understood", Forms),
            };
        }
        catch (ArgumentException e)
        {
            throw new HttpFileException(path, line, $"'expect {text}' holds no regular expression ({e.Message.TrimEnd('.')})", "Correct the expression.", e);
        }
    }

    /// <summary>What follows a number of words; spaces inside it are kept.</summary>
    private static string After(string text, int words)
    {
        ReadOnlySpan<char> rest = text.AsSpan().TrimStart();
        for (int i = 0; i < words; i++)
        {
            int end = rest.IndexOfAny(' ', '\t');
            rest = end < 0 ? [] : rest[end..].TrimStart();
        }

        return rest.ToString();
    }
}
