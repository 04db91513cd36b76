using System.Text;
using IsapiHost.Interop;

namespace IsapiHost.Tracing;

/// <summary>
/// What an extension sends, call by call, with secrets masked even where a header line is cut into several calls: the line that a call
/// leaves open is remembered. Thread-safe.
/// </summary>
internal sealed class SentDataFormatter
{
    // A line is known by its name, which stands at its beginning.
    private const int MaxLineStart = 256;

    private readonly Lock _gate = new();

    // As shown, so that a secret is not kept here either.
    private string _open = "";

    /// <summary>The first bytes that a call sends: <c>5 bytes "Hello"</c>.</summary>
    /// <param name="bytes">The bytes, or of many the first ones.</param>
    /// <param name="count">How many the extension says there are.</param>
    public string Bytes(ReadOnlySpan<byte> bytes, ulong count) =>
        bytes.IsEmpty ? $"{count} bytes" : $"{count} bytes {DisplayFormatter.Data(Masked(bytes))}";

    /// <inheritdoc cref="Bytes(ReadOnlySpan{byte}, ulong)"/>
    public string Bytes(CallerMemory bytes) => Bytes(bytes.Span, (ulong)bytes.Length);

    /// <summary>The head that a call sends, in quotes.</summary>
    public string Head(ReadOnlySpan<byte> head) => DisplayFormatter.Quote(head.IsEmpty ? "" : Masked(head));

    private string Masked(ReadOnlySpan<byte> bytes)
    {
        // What is longer than a whole head can be is a body, in which no header line goes on.
        var canBeHead = bytes.Length <= NativeString.MaxHead;
        var text = Encoding.Latin1.GetString(canBeHead ? bytes : bytes[..DisplayFormatter.MaxText]);
        lock (_gate)
        {
            var masked = SecretMask.Lines(_open + text);

            // The open line stands in front as it was shown; at most the line end before a line that continues a secret one is gone.
            var shown = masked[masked.AsSpan().CommonPrefixLength(_open)..];
            _open = canBeHead ? LastLine(masked) : "";
            return shown;
        }
    }

    // With its end, if it has one: the next line may continue it.
    private static string LastLine(string text)
    {
        var isEnded = text.EndsWith('\n');
        var start = text.AsSpan(0, isEnded ? text.Length - 1 : text.Length).LastIndexOf('\n') + 1;
        return text.Length - start <= MaxLineStart ? text[start..] : $"{text.AsSpan(start, MaxLineStart)}{(isEnded ? "\n" : "")}";
    }
}
