using IsapiHost.Requests;
using Microsoft.Net.Http.Headers;

namespace IsapiHost.Variables;

/// <summary>All request headers at once, and those with a variable of their own.</summary>
internal static class HeaderVariables
{
    public static Dictionary<string, VariableSource> All { get; } = new()
    {
        ["ALL_HTTP"] = WriteAllHttp,
        ["ALL_RAW"] = WriteAllRaw,
        ["CONTENT_LENGTH"] = WriteContentLength,
        ["CONTENT_TYPE"] = static (view, ref writer) =>
            NamedHeader.WriteJoined(HeaderNames.ContentType, view.Context.Request.Headers.ContentType, ref writer),
    };

    // HTTP_NAME:value LF, as IIS has it: no blank after the colon, no CR.
    private static void WriteAllHttp(RequestView view, ref VariableWriter writer)
    {
        foreach (var (name, values) in PresentedHeaders.All(view))
        {
            writer.AppendAscii("HTTP_"u8);

            AppendVariableName(name, ref writer);
            writer.AppendAscii(":"u8);
            NamedHeader.WriteJoined(name, values, ref writer);
            writer.AppendAscii("\n"u8);
        }
    }

    private static void AppendVariableName(ReadOnlySpan<char> name, ref VariableWriter writer)
    {
        Span<char> piece = stackalloc char[64];

        for (; !name.IsEmpty; name = name[Math.Min(piece.Length, name.Length)..])
        {
            var length = name[..Math.Min(piece.Length, name.Length)].ToUpperInvariant(piece);
            piece[..length].Replace('-', '_');
            writer.AppendHeader(piece[..length]);
        }
    }

    private static void WriteAllRaw(RequestView view, ref VariableWriter writer)
    {
        foreach (var (name, values) in PresentedHeaders.All(view))
        {
            for (var i = 0; i < values.Count; i++)
            {
                writer.AppendHeader(name);
                writer.AppendAscii(": "u8);
                writer.AppendHeader(values[i]);
                writer.AppendAscii("\r\n"u8);
            }
        }
    }

    // An unknown length has no decimal form; "0" is what IIS gives for "none", and cbTotalBytes tells the two apart.
    private static void WriteContentLength(RequestView view, ref VariableWriter writer) => writer.AppendNumber(view.ContentLength ?? 0);
}
