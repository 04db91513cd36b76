using System.Text;

namespace IsapiHost.Modules;

/// <summary>The text that a module fills in about itself, made fit for a console and a log.</summary>
internal static class ModuleDescription
{
    private static readonly UTF8Encoding _strictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The bytes up to the first NUL, or all of them if there is none.</summary>
    public static string Decode(ReadOnlySpan<byte> bytes)
    {
        int end = bytes.IndexOf((byte)0);
        ReadOnlySpan<byte> text = end < 0 ? bytes : bytes[..end];
        string decoded;
        try
        {
            decoded = _strictUtf8.GetString(text);
        }
        catch (DecoderFallbackException)
        {
            decoded = Encoding.Latin1.GetString(text); // older modules write in the code page of their country
        }

        // Control characters could move the cursor of the terminal that shows the text, or forge a line of the log.
        return string.Concat(decoded.Where(c => !char.IsControl(c))).Trim();
    }
}
