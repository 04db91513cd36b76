using System.Text;
using IsapiHost.Tracing;

namespace IsapiHost.Tests.Tracing;

public sealed class SentDataFormatterTests
{
    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\nSet-Cookie: id=secret; path=/\r\nX: y\r\n\r\nbody")]
    [InlineData("Set-Cookie: id=secret\r\n\r\nbody")]
    [InlineData("A: b\nAuthorization :secret\n\n")]
    [InlineData("Cookie: a=b;\r\n\tid=secret\r\n more=secret\r\nX: y\r\n\r\n")]
    [InlineData("Proxy-Authorization: one\rsecret\r\nX: y\r\n\r\n")]
    public void However_a_head_is_cut_no_secret_is_shown(string head)
    {
        ReadOnlySpan<byte> bytes = Encoding.Latin1.GetBytes(head);
        for (var first = 0; first < bytes.Length; first++)
        {
            for (var second = first; second < bytes.Length; second++)
            {
                var sent = new SentDataFormatter();
                var shown = Shown(sent, bytes[..first]) + Shown(sent, bytes[first..second]) + Shown(sent, bytes[second..]);

                Assert.DoesNotContain("se", shown.Replace("Set-", "", StringComparison.Ordinal), StringComparison.Ordinal);
                Assert.DoesNotContain("et", shown.Replace("Set-", "", StringComparison.Ordinal), StringComparison.Ordinal);
                Assert.Contains("***", shown, StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public void One_byte_at_a_time_shows_no_secret()
    {
        var sent = new SentDataFormatter();

        var shown = string.Concat("Set-Cookie: id=secret\r\n\tsecret\r\nX: y\r\n\r\nb".Select(c => Shown(sent, [(byte)c])));

        Assert.Equal("Set-Cookie:***\\n\\nX: y\\r\\n\\r\\nb", shown);
    }

    [Fact]
    public void A_head_whose_end_is_missing_hides_how_it_goes_on()
    {
        var sent = new SentDataFormatter();

        Assert.Equal("\"Set-Cookie:***\"", sent.Head("Set-Cookie: id="u8));
        Assert.Equal("\\r\\n\\r\\nbody", Shown(sent, "secret\r\n\r\nbody"u8));
    }

    [Fact]
    public void What_is_no_secret_is_shown_as_it_is()
    {
        var sent = new SentDataFormatter();

        Assert.Equal("5 bytes \"a\\r\\nCo\"", Bytes(sent, "a\r\nCo"u8));
        Assert.Equal("4 bytes \"okie\"", Bytes(sent, "okie"u8));
        Assert.Equal("1 bytes \"\\n\"", Bytes(sent, "\n"u8));
        Assert.Equal("0 bytes", Bytes(sent, default));
        Assert.Equal($"100000 bytes \"{new string('x', 64)}\"…", Bytes(sent, Encoding.Latin1.GetBytes(new string('x', 100_000))));
    }

    private static string Shown(SentDataFormatter sent, ReadOnlySpan<byte> bytes)
    {
        var text = Bytes(sent, bytes);
        var start = text.IndexOf('"', StringComparison.Ordinal) + 1;
        return start == 0 ? "" : text[start..text.LastIndexOf('"')];
    }

    private static string Bytes(SentDataFormatter sent, ReadOnlySpan<byte> bytes) => sent.Bytes(bytes, (ulong)bytes.Length);
}
