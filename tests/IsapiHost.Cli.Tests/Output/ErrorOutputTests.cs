using IsapiHost.Cli.Output;

namespace IsapiHost.Cli.Tests.Output;

public sealed class ErrorOutputTests
{
    [Fact]
    public void Each_sentence_is_one_line()
    {
        using StringWriter error = new() { NewLine = "\n" };

        ErrorOutput.Write(["first\r\nstill first", "second"], error);

        Assert.Equal("isapihost: first still first\nisapihost: second\n", error.ToString());
    }
}
