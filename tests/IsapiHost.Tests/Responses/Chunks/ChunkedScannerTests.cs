using System.Text;
using FsCheck;
using FsCheck.Fluent;
using IsapiHost.Responses.Chunks;

namespace IsapiHost.Tests.Responses.Chunks;

public sealed class ChunkedScannerTests
{
    private static readonly string[] s_pieces = ["5\r\nhello\r\n", "1;a=b\r\n!\r\n", "00A  \r\n0123456789\r\n", "0\r\n", "\r\n", "T: x\r\n", "\r", "\n", "g", "0"];

    [Theory]
    [InlineData("0\r\n\r\n", "", 0)]
    [InlineData("5\r\nhello\r\n0\r\n\r\n", "hello", 0)]
    [InlineData("5\r\nhello\r\n1\r\n \r\n5;x=\"y\"\r\nworld\r\n000\r\n\r\n", "hello world", 0)]
    [InlineData("a \r\n0123456789\r\n0\r\nTrailer: x\r\nOther: y\r\n\r\n", "0123456789", 0)]
    [InlineData("1\r\nx\r\n0\r\n\r\nHTTP/1.1", "x", 8)]
    public void Follows_a_body_to_its_end(string text, string payload, int rest)
    {
        (string actual, bool complete, bool malformed, int consumed) = Decode([text]);

        Assert.Equal((payload, true, false, text.Length - rest), (actual, complete, malformed, consumed));
    }

    [Theory]
    [InlineData("x", 0)]
    [InlineData("\r\n", 0)]
    [InlineData("-1\r\n", 0)]
    [InlineData("5\nhello", 1)]
    [InlineData("5\r\nhello!", 8)]
    [InlineData("5\r\nhello\n", 8)]
    [InlineData("5;a\nb", 3)]
    [InlineData("0\r\nA: b\n", 7)]
    [InlineData("0\r\n\rX", 4)]
    [InlineData("8000000000000000\r\n", 15)]
    public void Stops_at_the_byte_that_breaks_the_framing(string text, int position)
    {
        ChunkedScanner scanner = default;

        Assert.Equal(position, scanner.Scan(HeadTexts.Bytes(text)));
        Assert.Equal((true, false), (scanner.IsMalformed, scanner.IsComplete));
        Assert.Equal(0, scanner.Scan("0\r\n\r\n"u8));
    }

    [Fact]
    public void Takes_the_largest_size_and_no_endless_lines()
    {
        ChunkedScanner largest = default;
        ChunkedScanner extension = default;
        ChunkedScanner trailer = default;

        Assert.Equal(19, largest.Scan("7FFFFFFFFFFFFFFF\r\nx"u8));
        Assert.Equal(ChunkedScanner.MaxSizeLineBytes, extension.Scan(HeadTexts.Bytes("5;".PadRight(5_000, 'x'))));
        Assert.Equal(ChunkedScanner.MaxTrailerBytes + 3, trailer.Scan(HeadTexts.Bytes("0\r\n" + new string('x', 20_000))));
        Assert.Equal((false, true, true), (largest.IsMalformed, extension.IsMalformed, trailer.IsMalformed));
    }

    [Fact]
    public void The_outcome_does_not_depend_on_how_the_bytes_are_cut()
    {
        Arbitrary<string> texts = Arb.From(Gen.Elements(s_pieces).ListOf().Select(string.Concat));

        Prop.ForAll(texts, ArbMap.Default.ArbFor<PositiveInt>(), (text, seed) =>
            Decode([text]) == Decode(Cut(text, new System.Random(seed.Get)))).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Content_that_was_framed_comes_back()
    {
        Prop.ForAll<NonEmptyArray<byte>[]>(chunks =>
        {
            string[] contents = [.. chunks.Select(chunk => Encoding.Latin1.GetString(chunk.Get))];
            string framed = string.Concat(contents.Select(content => $"{content.Length:x}\r\n{content}\r\n")) + "0\r\n\r\n";
            return Decode([framed]) == (string.Concat(contents), true, false, framed.Length);
        }).QuickCheckThrowOnFailure();
    }

    private static IEnumerable<string> Cut(string text, System.Random random)
    {
        for (int start = 0; start < text.Length;)
        {
            int length = Math.Min(text.Length - start, random.Next(4));
            yield return text.Substring(start, length);
            start += length;
        }
    }

    private static (string Payload, bool Complete, bool Malformed, int Consumed) Decode(IEnumerable<string> writes)
    {
        ChunkedScanner scanner = default;
        ChunkedScanner twin = default;
        StringBuilder decoded = new();
        int consumed = 0;
        foreach (string write in writes)
        {
            byte[] bytes = HeadTexts.Bytes(write);
            ReadOnlySpan<byte> source = bytes;
            while (scanner.TryRead(ref source, out ReadOnlySpan<byte> payload))
            {
                decoded.Append(Encoding.Latin1.GetString(payload));
            }

            Assert.Equal(bytes.Length - source.Length, twin.Scan(bytes));
            consumed += bytes.Length - source.Length;
        }

        return (decoded.ToString(), scanner.IsComplete, scanner.IsMalformed, consumed);
    }
}
