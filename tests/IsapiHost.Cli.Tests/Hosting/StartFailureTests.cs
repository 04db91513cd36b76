using System.Net.Sockets;
using IsapiHost.Cli.Hosting;
using IsapiHost.Cli.Output;
using Microsoft.AspNetCore.Connections;

namespace IsapiHost.Cli.Tests.Hosting;

public sealed class StartFailureTests
{
    [Fact]
    public void An_address_in_use_is_named_with_the_remedy()
    {
        StartFailure? failure = Explain(new IOException("Failed to bind.", new AddressInUseException("in use")));

        Assert.Equal(ExitCode.ServerFailed, failure?.ExitCode);
        Assert.Contains("http://localhost:80", failure?.Sentence, StringComparison.Ordinal);
        Assert.Contains("in use", failure?.Sentence, StringComparison.Ordinal);
        Assert.Contains("--urls", failure?.Sentence, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(SocketError.AccessDenied, "not allowed")]
    [InlineData(SocketError.AddressNotAvailable, "no such address")]
    [InlineData(SocketError.NetworkDown, "cannot listen on")]
    public void A_refusal_of_the_system_is_told_in_words(SocketError error, string words)
    {
        StartFailure? failure = Explain(new SocketException((int)error));

        Assert.Equal(ExitCode.ServerFailed, failure?.ExitCode);
        Assert.Contains(words, failure?.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void What_the_server_finds_wrong_in_its_section_is_wrong_configuration() =>
        Assert.Equal(ExitCode.WrongConfiguration, Explain(new InvalidOperationException("The endpoint Web is missing the required 'Url' parameter."))?.ExitCode);

    [Fact]
    public void Anything_else_is_not_explained_away() => Assert.Null(Explain(new ArgumentNullException("x")));

    private static StartFailure? Explain(Exception exception) => StartFailure.Explain(exception, ["http://localhost:80"]);
}
