using System.Text;

namespace IsapiHost.Requests;

/// <summary>The encoding behind LPSTR.</summary>
internal static class AnsiEncoding
{
    private const int Utf8CodePage = 65001;
    private const int SystemCodePage = 0;

    /// <summary>The encoding of a code page; by default UTF-8, and on Windows the system's ANSI code page.</summary>
    /// <exception cref="ArgumentException">The code page does not exist or does not contain ASCII as single bytes.</exception>
    public static Encoding Create(int? codePage)
    {
        var wanted = codePage ?? (OperatingSystem.IsWindows() ? SystemCodePage : Utf8CodePage);

        // A character that the code page lacks becomes '?'. The "best fit" that the provider would use otherwise turns
        // harmless characters such as a full-width slash into ASCII ones that mean something in a path or a command.
        var encoding = wanted == Utf8CodePage ? null : FromProvider(wanted);

        if (encoding is null && wanted is not (Utf8CodePage or SystemCodePage))
        {
            throw Fault(wanted, "is not known");
        }

        encoding ??= new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);

        return encoding.GetBytes("aZ/\\:.").AsSpan().SequenceEqual("aZ/\\:."u8)
            ? encoding
            : throw Fault(wanted, "does not contain ASCII");
    }

    private static Encoding? FromProvider(int codePage)
    {
        try
        {
            return CodePagesEncodingProvider.Instance.GetEncoding(codePage, EncoderFallback.ReplacementFallback, DecoderFallback.ReplacementFallback)
                ?? (codePage == SystemCodePage
                    ? null
                    : Encoding.GetEncoding(codePage, EncoderFallback.ReplacementFallback, DecoderFallback.ReplacementFallback));
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            return null;
        }
    }

    private static ArgumentException Fault(int codePage, string why) => new(
        $"The code page {codePage} (AnsiCodePage) {why}. Give the number of an ANSI code page such as 1252, 932 or 65001 for UTF-8.");
}
