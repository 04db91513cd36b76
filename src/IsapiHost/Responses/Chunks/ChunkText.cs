using System.Buffers.Text;
using System.IO.Pipelines;

namespace IsapiHost.Responses.Chunks;

/// <summary>The text around a chunk (RFC 9112, section 7.1).</summary>
internal static class ChunkText
{
    private const int MaxSizeLine = 18;

    public static void WriteSize(PipeWriter writer, long size)
    {
        var line = writer.GetSpan(MaxSizeLine);
        Utf8Formatter.TryFormat(size, line, out var count, new System.Buffers.StandardFormat('x'));
        "\r\n"u8.CopyTo(line[count..]);
        writer.Advance(count + 2);
    }

    public static void WriteEnd(PipeWriter writer) => Write(writer, "\r\n"u8);

    public static void WriteLast(PipeWriter writer) => Write(writer, "0\r\n\r\n"u8);

    private static void Write(PipeWriter writer, ReadOnlySpan<byte> text)
    {
        text.CopyTo(writer.GetSpan(text.Length));
        writer.Advance(text.Length);
    }
}
