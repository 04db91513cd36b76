using System.Text.RegularExpressions;

namespace IsapiHost.Cli.Recording;

/// <summary>
/// Keeps credentials out of recorded files. In requests an environment variable takes their place, so that they can be sent again without
/// standing in a file; in responses a mask does.
/// </summary>
internal static partial class CredentialMask
{
    private const string Name = @"(?<name>[\w-]*(?:password|passwd|pwd|secret|token|apikey|api_key)[\w-]*)";
    private const RegexOptions Options = RegexOptions.IgnoreCase | RegexOptions.CultureInvariant;

    private static readonly Dictionary<string, string> _requestHeaders = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Authorization"] = "ISAPIHOST_AUTHORIZATION",
        ["Cookie"] = "ISAPIHOST_COOKIE",
        ["X-Api-Key"] = "ISAPIHOST_API_KEY",
        ["X-Auth-Token"] = "ISAPIHOST_AUTH_TOKEN",
    };

    private static readonly Regex[] _fields = [FormField(), MultipartField(), JsonField(), XmlField()];

    /// <summary>A request header's value as it is written.</summary>
    public static string RequestHeader(string name, string value) => _requestHeaders.TryGetValue(name, out string? variable) ? Reference(variable) : value;

    /// <summary>Whether a request header is one whose value is taken out.</summary>
    public static bool IsCredential(string name) => _requestHeaders.ContainsKey(name);

    /// <summary>A response header's value as it is written: of a cookie only the name.</summary>
    /// <param name="name">The header.</param>
    /// <param name="value">The value, masks already escaped.</param>
    public static string ResponseHeader(string name, string value)
    {
        if (!name.Equals("Set-Cookie", StringComparison.OrdinalIgnoreCase))
        {
            return value;
        }

        int equals = value.IndexOf('=', StringComparison.Ordinal);
        return equals < 0 ? "{{.*}}" : value[..(equals + 1)] + "{{.*}}";
    }

    /// <summary>A query string or a body (form, multipart, JSON, XML) without the values of fields whose names speak of secrets.</summary>
    public static string Fields(string text)
    {
        foreach (Regex field in _fields)
        {
            text = field.Replace(text, match =>
                match.Groups["before"].Value + Reference($"ISAPIHOST_{match.Groups["name"].Value.ToUpperInvariant().Replace('-', '_')}"));
        }

        return text;
    }

    /// <summary>The values that <see cref="Fields"/> takes out.</summary>
    public static IEnumerable<string> FieldValues(string text) =>
        _fields.SelectMany(field => field.Matches(text)).Select(match => match.Value[match.Groups["before"].Length..]);

    private static string Reference(string variable) => $"{{{{$processEnv {variable}}}}}";

    [GeneratedRegex(@"(?<before>(?:^|[?&;\n])" + Name + @"=)(?!\{\{\$)[^&;\s]+", Options)]
    private static partial Regex FormField();

    [GeneratedRegex(@"(?<before>[ ;]name=""" + Name + @"""\r?\n\r?\n)(?!\{\{\$)[^\r\n]+", Options)]
    private static partial Regex MultipartField();

    [GeneratedRegex(@"(?<before>""" + Name + @"""\s*:\s*"")(?!\{\{\$)(?:[^""\\]|\\.)+", Options)]
    private static partial Regex JsonField();

    [GeneratedRegex(@"(?<before><(?:\w+:)?" + Name + @"(?:\s[^<>]*)?>)(?!\{\{\$)[^<]+", Options)]
    private static partial Regex XmlField();
}
