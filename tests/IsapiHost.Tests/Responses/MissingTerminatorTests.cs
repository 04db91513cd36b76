using IsapiHost.Responses;

namespace IsapiHost.Tests.Responses;

public sealed class MissingTerminatorTests
{
    [Theory]
    [InlineData(nameof(HeadEnd.BlankLine), "\r\nbody", 0)]
    [InlineData(nameof(HeadEnd.CompleteLine), "\r\nbody", 2)]
    [InlineData(nameof(HeadEnd.CompleteLine), "\nbody", 1)]
    [InlineData(nameof(HeadEnd.CompleteLine), "\r\n\r\nbody", 2)]
    [InlineData(nameof(HeadEnd.CompleteLine), "body", 0)]
    [InlineData(nameof(HeadEnd.CompleteLine), "\rbody", 0)]
    [InlineData(nameof(HeadEnd.CompleteLine), "", 0)]
    [InlineData(nameof(HeadEnd.UnfinishedLine), "\r\n\r\nbody", 4)]
    [InlineData(nameof(HeadEnd.UnfinishedLine), "\n\nbody", 2)]
    [InlineData(nameof(HeadEnd.UnfinishedLine), "\n\r\nbody", 3)]
    [InlineData(nameof(HeadEnd.UnfinishedLine), "\r\nbody", 2)]
    [InlineData(nameof(HeadEnd.UnfinishedLine), "\r\n\r\n\r\nbody", 4)]
    public void Skips_what_the_head_lacks(string end, string body, int expected)
    {
        Assert.Equal(expected, new MissingTerminator(Enum.Parse<HeadEnd>(end)).Skip(HeadTexts.Bytes(body)));
    }

    [Fact]
    public void Skips_a_terminator_that_comes_in_two_writes()
    {
        MissingTerminator terminator = new(HeadEnd.UnfinishedLine);

        Assert.Equal((2, true), (terminator.Skip("\r\n"u8), terminator.IsAwaited));
        Assert.Equal((0, true), (terminator.Skip([]), terminator.IsAwaited));
        Assert.Equal((2, false), (terminator.Skip("\r\n"u8), terminator.IsAwaited));
        Assert.Equal(0, terminator.Skip("\r\n"u8));
    }

    [Fact]
    public void Skips_nothing_once_the_body_has_begun()
    {
        MissingTerminator terminator = new(HeadEnd.CompleteLine);

        Assert.Equal(0, terminator.Skip("x"u8));
        Assert.Equal(0, terminator.Skip("\r\n"u8));
    }
}
