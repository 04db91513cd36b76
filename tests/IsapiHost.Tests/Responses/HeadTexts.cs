using System.Text;
using FsCheck;
using FsCheck.Fluent;

namespace IsapiHost.Tests.Responses;

/// <summary>Random texts made of the pieces that heads consist of, so that the rare cases meet often.</summary>
internal static class HeadTexts
{
    private static readonly string[] s_pieces =
    [
        "\r\n", "\r\n", "\n", "\r", "\0", " ", "\t", ":", ": ", ",", "A", "Name", "Content-Length", "Content-Length: 5", "Transfer-Encoding",
        "chunked", "Connection: ", "close", "Status: ", "Server: ", "Set-Cookie: a=b", "200", "404", "99", "OK", "HTTP/1.1 ", "HTTP/1.", "é", "\x7f",
    ];

    public static Arbitrary<string> Any => Arb.From(
        Gen.Frequency(
            (3, Gen.Elements(s_pieces).ListOf().Select(string.Concat)),
            (1, ArbMap.Default.GeneratorFor<byte[]>().Select(Encoding.Latin1.GetString))),
        Shrink);

    public static byte[] Bytes(string text) => Encoding.Latin1.GetBytes(text);

    private static IEnumerable<string> Shrink(string text) => Enumerable.Range(0, text.Length).Select(i => text.Remove(i, 1));
}
