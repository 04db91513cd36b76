using System.Text;
using IsapiHost.Testing.Messages;

namespace IsapiHost.Testing.Expectations;

/// <summary>Chooses the form in which a received body is written: text where people would call it text, else base64, large ones in a file.</summary>
internal static class ExpectedBodies
{
    private const int LargestText = 64 * 1024;
    private const int LargestBase64 = 4 * 1024;

    /// <param name="body">The bytes.</param>
    /// <param name="contentType">What the sender calls them.</param>
    /// <param name="host">The address that was tested, which becomes <c>{{host}}</c>; empty for none.</param>
    /// <param name="fileName">The name for a file beside, should one be needed.</param>
    public static ExpectedBody From(ReadOnlyMemory<byte> body, string? contentType, string host, string fileName)
    {
        if (body.Length == 0)
        {
            return ExpectedBody.Empty;
        }

        return body.Length <= LargestText && BodyText.IsText(body.Span, contentType) && TryText(body.Span, host) is { } text ? text
            : body.Length <= LargestBase64 ? new ExpectedBody { Kind = ExpectedBodyKind.Base64, Bytes = body }
            : new ExpectedBody { Kind = ExpectedBodyKind.File, FileName = fileName };
    }

    /// <summary>The lines of a text body as <see cref="ExpectedBody.Lines"/> has them, and how many line ends follow the last one.</summary>
    public static (string[] Lines, int FinalNewlines) Split(string text)
    {
        string trimmed = text.TrimEnd('\n');
        return (trimmed.Length == 0 ? [] : trimmed.Split('\n'), text.Length - trimmed.Length);
    }

    private static ExpectedBody? TryText(ReadOnlySpan<byte> body, string host)
    {
        bool isLatin1 = !BodyText.IsUtf8(body);
        string text = isLatin1 ? Encoding.Latin1.GetString(body) : Encoding.UTF8.GetString(body);
        string unix = text.Replace("\r\n", "\n", StringComparison.Ordinal);
        bool isCrLf = unix.Length != text.Length;
        if (unix.Contains('\r', StringComparison.Ordinal) || (isCrLf && unix.Replace("\n", "\r\n", StringComparison.Ordinal) != text))
        {
            return null; // mixed line ends cannot be seen in a text
        }

        (string[] lines, int finalNewlines) = Split(unix);
        return lines.Length == 0 || lines[0].Length == 0 && lines.All(string.IsNullOrWhiteSpace)
            ? null
            : new ExpectedBody
            {
                Lines = [.. lines.Select(line => MaskedText.Literal(line, host))],
                FinalNewlines = finalNewlines,
                IsCrLf = isCrLf,
                IsLatin1 = isLatin1,
            };
    }
}
