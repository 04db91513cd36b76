using System.IO.Pipelines;
using Microsoft.AspNetCore.Http;

namespace IsapiHost.SideBySide;

/// <summary>The answers of bench.c as middleware gives them that is written straight for Kestrel: the measure for the extension.</summary>
internal sealed class PlainAnswers
{
    /// <summary>Where both servers answer.</summary>
    public const string Prefix = "/bench.so";

    private const int Kibibyte = 1024;
    private const int PieceSize = 4 * Kibibyte;
    private const int Pieces = 16;
    private const int Small = 64 * Kibibyte;
    private const int Large = 1024 * Kibibyte;

    private static readonly ReadOnlyMemory<byte> s_hello = "Hello, world!"u8.ToArray();
    private static readonly ReadOnlyMemory<byte> s_pattern = Pattern();

    private readonly string _file1M;
    private readonly string _file100M;

    /// <param name="folder">Where 1m.bin and 100m.bin are.</param>
    public PlainAnswers(string folder)
    {
        _file1M = Path.Combine(folder, "1m.bin");
        _file100M = Path.Combine(folder, "100m.bin");
    }

    public Task AnswerAsync(HttpContext context) => context.Request.Path.Value switch
    {
        $"{Prefix}/hello" => WriteAsync(context, s_hello, s_hello.Length),
        $"{Prefix}/64k" => WriteAsync(context, s_pattern[..Small], Small),
        $"{Prefix}/64k-unknown" => WriteAsync(context, s_pattern[..Small], length: null),
        $"{Prefix}/1m" => WriteAsync(context, s_pattern, Large),
        $"{Prefix}/1m-unknown" => WriteAsync(context, s_pattern, length: null),
        $"{Prefix}/pieces" => WritePiecesAsync(context),
        $"{Prefix}/pieces-unknown" => WriteGatheredPiecesAsync(context),
        $"{Prefix}/1m.bin" => SendFileAsync(context, _file1M, Large),
        $"{Prefix}/100m.bin" => SendFileAsync(context, _file100M, 100L * Large),
        $"{Prefix}/echo" => EchoAsync(context),
        _ => NotFound(context),
    };

    private static Task<FlushResult> WriteAsync(HttpContext context, ReadOnlyMemory<byte> body, long? length)
    {
        SetHead(context, length);
        return context.Response.BodyWriter.WriteAsync(body).AsTask();
    }

    // One write after the other, each given to the connection: what 16 calls of WriteClient say.
    private static async Task WritePiecesAsync(HttpContext context)
    {
        SetHead(context, Pieces * PieceSize);
        for (var i = 0; i < Pieces; i++)
        {
            await context.Response.BodyWriter.WriteAsync(s_pattern.Slice(i * PieceSize, PieceSize));
        }
    }

    // The best that middleware can do without knowing the length: everything into the pipe, one flush at the end.
    private static async Task WriteGatheredPiecesAsync(HttpContext context)
    {
        SetHead(context, length: null);
        var writer = context.Response.BodyWriter;
        for (var i = 0; i < Pieces; i++)
        {
            s_pattern.Span.Slice(i * PieceSize, PieceSize).CopyTo(writer.GetSpan(PieceSize));
            writer.Advance(PieceSize);
        }

        await writer.FlushAsync();
    }

    private static Task SendFileAsync(HttpContext context, string path, long length)
    {
        SetHead(context, length);
        return context.Response.SendFileAsync(path);
    }

    private static Task EchoAsync(HttpContext context)
    {
        SetHead(context, context.Request.ContentLength);
        return context.Request.BodyReader.CopyToAsync(context.Response.BodyWriter);
    }

    private static Task NotFound(HttpContext context)
    {
        context.Response.StatusCode = StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    }

    private static void SetHead(HttpContext context, long? length)
    {
        context.Response.Headers.ContentType = "text/plain";
        context.Response.ContentLength = length;
    }

    private static byte[] Pattern()
    {
        var line = "0123456789abcde\n"u8;
        var bytes = new byte[Large];
        for (var i = 0; i < bytes.Length; i++)
        {
            bytes[i] = line[i % line.Length];
        }

        return bytes;
    }
}
