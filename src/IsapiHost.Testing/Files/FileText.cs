using System.Text;

namespace IsapiHost.Testing.Files;

/// <summary>Reading the files of a test; a failure names the file and the remedy.</summary>
internal static class FileText
{
    private static readonly UTF8Encoding _strictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static string Read(string path, string remedyIfMissing)
    {
        byte[] bytes = ReadBytes(path, 0, path, remedyIfMissing);
        ReadOnlySpan<byte> text = bytes.AsSpan().StartsWith(Encoding.UTF8.Preamble) ? bytes.AsSpan(Encoding.UTF8.Preamble.Length) : bytes;
        try
        {
            return _strictUtf8.GetString(text);
        }
        catch (DecoderFallbackException e)
        {
            int line = 1 + text[..e.Index].Count((byte)'\n');
            throw new HttpFileException(path, line, "this line is not UTF-8 text", "Save the file as UTF-8.", e);
        }
    }

    /// <summary>Reads a file that another one names.</summary>
    public static byte[] ReadBytes(string namedIn, int line, string path, string remedyIfMissing)
    {
        try
        {
            return File.ReadAllBytes(path);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new HttpFileException(namedIn, line, $"there is no file '{path}'", remedyIfMissing, e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException)
        {
            throw new HttpFileException(namedIn, line, $"'{path}' cannot be read ({e.Message.TrimEnd('.')})", remedyIfMissing, e);
        }
    }
}
