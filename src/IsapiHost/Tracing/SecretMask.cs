using System.Text.RegularExpressions;

namespace IsapiHost.Tracing;

/// <summary>Takes credentials out of what is shown: the values of Authorization, Proxy-Authorization, Cookie, Set-Cookie and AUTH_PASSWORD.</summary>
internal static partial class SecretMask
{
    /// <summary>Stands in place of a value.</summary>
    public const string Mask = "***";

    /// <summary>The value of a server variable; in ALL_HTTP and ALL_RAW only the secret lines are masked.</summary>
    public static string Variable(string name, string value) => SecretName().IsMatch(name) ? Mask : Lines(value);

    /// <summary>A text with header lines in it. A line that continues a secret one is secret too.</summary>
    public static string Lines(string text) => SecretLine().Replace(text, $"$1{Mask}");

    [GeneratedRegex(@"^\s*(UNICODE_)?((HTTP_|HEADER_)?(PROXY[-_])?AUTHORIZATION|(HTTP_|HEADER_)?(SET[-_])?COOKIE|AUTH_PASSWORD)\s*$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex SecretName();

    // A CR alone ends no line: what follows it is still the value.
    [GeneratedRegex(@"(?<![^\r\n])([ \t]*(?:HTTP_)?(?:(?:PROXY[-_])?AUTHORIZATION|(?:SET[-_])?COOKIE)[ \t]*:)(?:[^\r\n]|\r(?!\n))*(?:\r?\n[ \t](?:[^\r\n]|\r(?!\n))*)*", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex SecretLine();
}
