using System.Text.RegularExpressions;
using IsapiHost.Testing.Expectations;
using IsapiHost.Testing.Files;

namespace IsapiHost.Testing.HttpFiles;

/// <summary>Reads the words after <c># capture</c>.</summary>
internal static partial class CaptureParser
{
    private const string Forms = "Write one of: capture NAME body matches REGEX, capture NAME header HEADER matches REGEX, capture NAME header HEADER.";

    public static HttpFileCapture Parse(string text, string path, int line)
    {
        if (Form().Match(text) is not { Success: true } form)
        {
            throw new HttpFileException(path, line, $"'capture {text}' is not understood", Forms);
        }

        try
        {
            return new HttpFileCapture(form.Groups["name"].Value, Optional("header"), Pattern(Optional("regex")), text, line);
        }
        catch (ArgumentException e)
        {
            throw new HttpFileException(
                path, line, $"'capture {text}' contains no valid regular expression ({e.Message.TrimEnd('.')})", "Correct the expression.", e);
        }

        string? Optional(string group) => form.Groups[group] is { Success: true, Value: var value } ? value : null;
    }

    private static Regex? Pattern(string? regex) => regex is null ? null : new Regex(regex, MaskedText.RegexOptions, MaskedText.RegexLimit);

    [GeneratedRegex(
        @"^(?<name>[\w.-]+)\s+(?:body\s+matches\s+(?<regex>.+)|header\s+(?<header>[^\s:]+)(?:\s+matches\s+(?<regex>.+))?)$",
        RegexOptions.CultureInvariant)]
    private static partial Regex Form();
}
