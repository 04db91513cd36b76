using System.Text;
using IsapiHost.Testing.Expectations;
using IsapiHost.Testing.Files;
using IsapiHost.Testing.Messages;

namespace IsapiHost.Testing.Comparison;

/// <summary>Compares a received body with the expected one, each in the way in which the expected one is written.</summary>
internal static class BodyComparison
{
    /// <returns>What differs, in lines; null if nothing does.</returns>
    public static string? Compare(ExpectedBody expected, ReadOnlyMemory<byte> actual, string expectedPath, string host) => expected.Kind switch
    {
        ExpectedBodyKind.Any => null,
        ExpectedBodyKind.Base64 => CompareBytes(expected.Bytes.Span, actual.Span),
        ExpectedBodyKind.File => CompareBytes(ReadFile(expected, expectedPath), actual.Span),
        _ => CompareText(expected, actual.Span, host),
    };

    /// <summary>The lines of the received text that the masks of the expected one accept keep those masks.</summary>
    public static ExpectedBody KeepMasks(ExpectedBody old, ExpectedBody received, ReadOnlyMemory<byte> body, string host)
    {
        if (old.Kind == ExpectedBodyKind.Any)
        {
            return old;
        }

        if (old.Kind != ExpectedBodyKind.Text || received.Kind != ExpectedBodyKind.Text)
        {
            return received;
        }

        MaskedText[] masks = [.. old.Lines.Select(line => new MaskedText(line, host))];
        string[] actual = Lines(body.Span, received.IsLatin1).Lines;
        string[] merged = [.. received.Lines];
        foreach (DiffLine line in LineDiff.Compute(masks.Length, actual.Length, (i, j) => masks[i].Matches(actual[j])))
        {
            if (line.IsSame)
            {
                merged[line.Actual] = old.Lines[line.Expected];
            }
        }

        return received with { Lines = merged };
    }

    private static byte[] ReadFile(ExpectedBody expected, string expectedPath)
    {
        string path = Path.Combine(Path.GetDirectoryName(Path.GetFullPath(expectedPath))!, expected.FileName);
        return FileText.ReadBytes(expectedPath, expected.Line, path, "Put the file there, or write the response with --update.");
    }

    private static string? CompareBytes(ReadOnlySpan<byte> expected, ReadOnlySpan<byte> actual)
    {
        if (expected.SequenceEqual(actual))
        {
            return null;
        }

        if (!BodyText.IsText(expected, "") || !BodyText.IsText(actual, ""))
        {
            return BinaryDifference.Describe(expected, actual);
        }

        string[] old = Lines(expected, isLatin1: false).Lines, received = Lines(actual, isLatin1: false).Lines;
        List<DiffLine> diff = LineDiff.Compute(old.Length, received.Length, (i, j) => old[i] == received[j]);
        return diff.All(line => line.IsSame) ? BinaryDifference.Describe(expected, actual) : DiffText.Write(diff, old, received);
    }

    private static string? CompareText(ExpectedBody expected, ReadOnlySpan<byte> body, string host)
    {
        (string[] actual, int finalNewlines, bool isCrLf, bool isMixed) = Lines(body, expected.IsLatin1);
        MaskedText[] masks = [.. expected.Lines.Select(line => new MaskedText(line, host))];
        List<DiffLine> diff = LineDiff.Compute(masks.Length, actual.Length, (i, j) => masks[i].Matches(actual[j]));
        return !diff.All(line => line.IsSame) ? DiffText.Write(diff, expected.Lines, actual)
            : finalNewlines != expected.FinalNewlines && (expected.Lines.Count > 0 || body.Length > 0)
                ? $"the text ends with {Newlines(finalNewlines)}, expected {Newlines(expected.FinalNewlines)}"
            : isMixed ? "some lines end with CRLF and others with LF"
            : isCrLf != expected.IsCrLf && (actual.Length > 1 || finalNewlines > 0)
                ? $"the lines end with {(isCrLf ? "CRLF" : "LF")}, expected {(expected.IsCrLf ? "CRLF" : "LF")}"
            : null;
    }

    private static string Newlines(int count) => count switch { 0 => "no line end", 1 => "one line end", _ => $"{count} line ends" };

    private static (string[] Lines, int FinalNewlines, bool IsCrLf, bool IsMixed) Lines(ReadOnlySpan<byte> body, bool isLatin1)
    {
        string text = isLatin1 ? Encoding.Latin1.GetString(body) : BodyText.Decode(body);
        string unix = text.Replace("\r\n", "\n", StringComparison.Ordinal);
        bool isCrLf = unix.Length != text.Length;
        bool isMixed = isCrLf && unix.Count(c => c == '\n') != text.Length - unix.Length;
        (string[] lines, int finalNewlines) = ExpectedBodies.Split(unix);
        return (lines, finalNewlines, isCrLf, isMixed);
    }
}
