using System.Text;

namespace IsapiHost.Testing.Messages;

/// <summary>Bodies as text, without loss: UTF-8, or else Latin-1, which has a character for each byte.</summary>
internal static class BodyText
{
    private static readonly UTF8Encoding _strictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static string Decode(ReadOnlySpan<byte> body) => IsUtf8(body) ? Encoding.UTF8.GetString(body) : Encoding.Latin1.GetString(body);

    public static bool IsUtf8(ReadOnlySpan<byte> body) => System.Text.Unicode.Utf8.IsValid(body);

    /// <summary>Whether people would call it text: no control characters but tab and line ends; bytes above 0x7F only where the sender calls it text.</summary>
    public static bool IsText(ReadOnlySpan<byte> body, string? contentType)
    {
        foreach (byte octet in body)
        {
            if (octet is < 0x20 and not (9 or 10 or 13) or 0x7f)
            {
                return false;
            }
        }

        return !body.StartsWith(Encoding.UTF8.Preamble) && (IsUtf8(body) || IsTextType(contentType));
    }

    public static byte[] EncodeUtf8(string text) => _strictUtf8.GetBytes(text);

    private static bool IsTextType(string? contentType) =>
        contentType is null
        || contentType.StartsWith("text/", StringComparison.OrdinalIgnoreCase)
        || contentType.Contains("charset", StringComparison.OrdinalIgnoreCase)
        || contentType.Contains("xml", StringComparison.OrdinalIgnoreCase)
        || contentType.Contains("json", StringComparison.OrdinalIgnoreCase);
}
