using System.Text;
using IsapiHost.Responses.Chunks;

namespace IsapiHost.Tests.Responses.Chunks;

public sealed class OwnChunksTests
{
    [Theory]
    [InlineData(true, "5\r\nhello\r\n0\r\n\r\nmore", "5\r\nhello\r\n0\r\n\r\n", "whole")]
    [InlineData(false, "5\r\nhello\r\n0\r\n\r\nmore", "hello", "whole")]
    [InlineData(true, "5\r\nhello\r\n0\r\nA: b\r\n\r\nmore", "5\r\nhello\r\n0\r\nA: b\r\n\r\n", "whole")]
    [InlineData(false, "2\r\nhe\r\n3;x=y\r\nllo\r\n0\r\nA: b\r\n\r\n", "hello", "whole")]
    [InlineData(true, "5\r\nhello\r\n", "5\r\nhello\r\n", "open")]
    [InlineData(false, "5\r\nhel", "hel", "open")]
    [InlineData(true, "5\r\nhello\r\n0\n\nmore", "5\r\nhello\r\n0", "malformed")]
    [InlineData(false, "5\r\nhello\n0\r\n\r\n", "hello", "malformed")]
    [InlineData(true, "hello", "", "malformed")]
    public void No_more_passes_than_belongs_to_the_body(bool passes, string text, string sent, string state)
    {
        for (var piece = 1; piece <= text.Length; piece++)
        {
            var chunks = new OwnChunks(passes);
            var passed = new StringBuilder();
            for (var done = 0; done < text.Length; done += piece)
            {
                ReadOnlyMemory<byte> data = Encoding.ASCII.GetBytes(text.Substring(done, Math.Min(piece, text.Length - done)));
                while (chunks.Next(ref data) is { IsEmpty: false } next)
                {
                    passed.Append(Encoding.ASCII.GetString(next.Span));
                }
            }

            Assert.Equal(sent, passed.ToString());
            Assert.Equal(state, chunks.IsMalformed ? "malformed" : chunks.IsWhole ? "whole" : "open");
        }
    }

    [Fact]
    public void A_body_without_chunks_is_whole()
    {
        OwnChunks none = default;

        Assert.False(none.IsUsed);
        Assert.True(none.IsWhole);
        Assert.False(none.IsMalformed);
    }
}
