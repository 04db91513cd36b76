using IsapiHost.Responses.Heads;

namespace IsapiHost.Tests.Responses.Heads;

public sealed class PendingHeadTerminatorTests
{
    [Theory]
    [InlineData(nameof(HeadTermination.BlankLine), "\r\nbody", 0)]
    [InlineData(nameof(HeadTermination.CompleteLine), "\r\nbody", 2)]
    [InlineData(nameof(HeadTermination.CompleteLine), "\nbody", 1)]
    [InlineData(nameof(HeadTermination.CompleteLine), "\r\n\r\nbody", 2)]
    [InlineData(nameof(HeadTermination.CompleteLine), "body", 0)]
    [InlineData(nameof(HeadTermination.CompleteLine), "\rbody", 0)]
    [InlineData(nameof(HeadTermination.CompleteLine), "", 0)]
    [InlineData(nameof(HeadTermination.UnfinishedLine), "\r\n\r\nbody", 4)]
    [InlineData(nameof(HeadTermination.UnfinishedLine), "\n\nbody", 2)]
    [InlineData(nameof(HeadTermination.UnfinishedLine), "\n\r\nbody", 3)]
    [InlineData(nameof(HeadTermination.UnfinishedLine), "\r\nbody", 2)]
    [InlineData(nameof(HeadTermination.UnfinishedLine), "\r\n\r\n\r\nbody", 4)]
    public void Skips_what_the_head_lacks(string end, string body, int expected)
    {
        Assert.Equal(expected, new PendingHeadTerminator(Enum.Parse<HeadTermination>(end)).Skip(HeadTexts.Bytes(body)));
    }

    [Fact]
    public void Skips_a_terminator_that_comes_in_two_writes()
    {
        PendingHeadTerminator terminator = new(HeadTermination.UnfinishedLine);

        Assert.Equal((2, true), (terminator.Skip("\r\n"u8), terminator.IsAwaited));
        Assert.Equal((0, true), (terminator.Skip([]), terminator.IsAwaited));
        Assert.Equal((2, false), (terminator.Skip("\r\n"u8), terminator.IsAwaited));
        Assert.Equal(0, terminator.Skip("\r\n"u8));
    }

    [Fact]
    public void Skips_nothing_once_the_body_has_begun()
    {
        PendingHeadTerminator terminator = new(HeadTermination.CompleteLine);

        Assert.Equal(0, terminator.Skip("x"u8));
        Assert.Equal(0, terminator.Skip("\r\n"u8));
    }
}
