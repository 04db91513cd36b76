using System.Text.RegularExpressions;

namespace IsapiHost.Diagnostics;

/// <summary>
/// What counts as a credential, for traces and for recordings: Authorization, Proxy-Authorization, Cookie and Set-Cookie, and every header,
/// server variable and field whose name speaks of a password, secret, token or API key.
/// </summary>
internal static partial class Credentials
{
    private const RegexOptions Options = RegexOptions.IgnoreCase | RegexOptions.CultureInvariant;

    private const string Speaking = @"[\w-]*(?:password|passwd|pwd|secret|token|api[-_]?key)[\w-]*";
    private const string Header = $"(?:(?:proxy[-_])?authorization|(?:set[-_])?cookie|{Speaking})";
    private const string Field = $"(?<name>{Speaking})";

    // A value that is masked already stays: the mask of a recording begins with {{$.
    private const string NotMasked = @"(?!\{\{\$)";

    private static readonly Regex[] _fields = [FormField(), MultipartField(), JsonField(), XmlField()];

    /// <summary>Whether the value of a header is a credential.</summary>
    public static bool IsHeader(string name) => HeaderName().IsMatch(name);

    /// <summary>Whether the value of a server variable is a credential.</summary>
    public static bool IsVariable(string name) => VariableName().IsMatch(name);

    /// <summary>Replaces the values of header lines. A line that continues one of a credential belongs to it.</summary>
    public static string ReplaceHeaderLines(string text, string replacement) => HeaderLine().Replace(text, match => match.Groups["before"].Value + replacement);

    /// <summary>Replaces the values of fields in a query string or a body (form, multipart, JSON, XML).</summary>
    /// <param name="text">The text.</param>
    /// <param name="replacement">Gives the text for a field of a name.</param>
    public static string ReplaceFields(string text, Func<string, string> replacement) => _fields.Aggregate(
        text, (rest, field) => field.Replace(rest, match => match.Groups["before"].Value + replacement(match.Groups["name"].Value)));

    /// <summary>The values that <see cref="ReplaceFields"/> takes out.</summary>
    public static IEnumerable<string> FieldValues(string text) =>
        _fields.SelectMany(field => field.Matches(text)).Select(match => match.Value[match.Groups["before"].Length..]);

    [GeneratedRegex($"^{Header}$", Options)]
    private static partial Regex HeaderName();

    [GeneratedRegex($@"^\s*(?:unicode_)?(?:http_|header_)?{Header}\s*$", Options)]
    private static partial Regex VariableName();

    // A CR alone ends no line: what follows it is still the value.
    [GeneratedRegex(
        $@"(?<![^\r\n])(?<before>[ \t]*(?:http_)?{Header}[ \t]*:)(?:[^\r\n]|\r(?!\n))*(?:\r?\n[ \t](?:[^\r\n]|\r(?!\n))*)*", Options)]
    private static partial Regex HeaderLine();

    [GeneratedRegex($@"(?<before>(?:^|[?&;\n]){Field}=){NotMasked}[^&;\s]+", Options)]
    private static partial Regex FormField();

    [GeneratedRegex($@"(?<before>[ ;]name=""{Field}""\r?\n\r?\n){NotMasked}[^\r\n]+", Options)]
    private static partial Regex MultipartField();

    [GeneratedRegex($@"(?<before>""{Field}""\s*:\s*""){NotMasked}(?:[^""\\]|\\.)+", Options)]
    private static partial Regex JsonField();

    [GeneratedRegex($@"(?<before><(?:\w+:)?{Field}(?:\s[^<>]*)?>){NotMasked}[^<]+", Options)]
    private static partial Regex XmlField();
}
