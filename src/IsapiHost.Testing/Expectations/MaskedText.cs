using System.Text;
using System.Text.RegularExpressions;

namespace IsapiHost.Testing.Expectations;

/// <summary>
/// A line of expected text: exact, but for <c>{{regex}}</c> masks. A mask ends at the last brace of the first run of closing ones, so that
/// <c>{{\d{4}}}</c> is the mask <c>\d{4}</c>. <c>{{host}}</c> stands for the address that was tested.
/// </summary>
internal sealed class MaskedText
{
    public const RegexOptions RegexOptions = System.Text.RegularExpressions.RegexOptions.CultureInvariant;

    /// <summary>The name of the mask that stands for the address that was tested.</summary>
    public const string HostMask = "{{host}}";

    /// <summary>An expression that takes longer does not match.</summary>
    public static readonly TimeSpan RegexLimit = TimeSpan.FromSeconds(2);

    private readonly Regex? _pattern;
    private readonly string _exact = "";
    private bool _isHopeless;

    /// <exception cref="ArgumentException">A mask is not a regular expression, or does not end.</exception>
    public MaskedText(string source, string host)
    {
        Source = source;
        if (!source.Contains("{{", StringComparison.Ordinal))
        {
            _exact = source;
            return;
        }

        StringBuilder pattern = new(@"\A");
        int at = 0;
        while (source.IndexOf("{{", at, StringComparison.Ordinal) is >= 0 and var start)
        {
            int end = MaskEnd(source, start);
            string mask = source[(start + 2)..end];
            pattern.Append(Regex.Escape(source[at..start])).Append("(?:").Append(mask == "host" ? Regex.Escape(host) : Checked(mask)).Append(')');
            at = end + 2;
        }

        pattern.Append(Regex.Escape(source[at..])).Append(@"\z");
        _pattern = new Regex(pattern.ToString(), RegexOptions, RegexLimit);
    }

    /// <summary>The line as it stands in the file.</summary>
    public string Source { get; }

    /// <summary>The line for text that was received: braces become a mask of themselves, the tested address becomes <c>{{host}}</c>.</summary>
    public static string Literal(string text, string host)
    {
        string escaped = text.Replace("{{", @"{{\{\{}}", StringComparison.Ordinal);
        return host.Length == 0 ? escaped : escaped.Replace(host, HostMask, StringComparison.Ordinal);
    }

    public bool Matches(string text)
    {
        try
        {
            return !_isHopeless && (_pattern?.IsMatch(text) ?? _exact == text);
        }
        catch (RegexMatchTimeoutException)
        {
            _isHopeless = true; // a diff asks once for each pair of lines
            return false;
        }
    }

    private static int MaskEnd(string source, int start)
    {
        int end = source.IndexOf("}}", start + 2, StringComparison.Ordinal);
        if (end < 0)
        {
            throw new ArgumentException($"a mask that begins with {{{{ does not end with }}}}; two braces themselves are written {{{{\\{{\\{{}}}}");
        }

        while (end + 2 < source.Length && source[end + 2] == '}')
        {
            end++;
        }

        return end;
    }

    // Alone first: "a)(b" would otherwise become valid by what is put around it.
    private static string Checked(string mask) => new Regex(mask, RegexOptions, RegexLimit).ToString();
}
