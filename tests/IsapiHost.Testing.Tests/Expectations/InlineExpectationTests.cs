using IsapiHost.Testing.Expectations;
using IsapiHost.Testing.Messages;

namespace IsapiHost.Testing.Tests.Expectations;

public sealed class InlineExpectationTests
{
    private static readonly ReceivedResponse _response = new(
        404, "Not Found", [new("Content-Type", "text/html; charset=utf-8"), new("X-A", "1"), new("X-A", "2")], "<h1>No such  page</h1>"u8.ToArray());

    [Theory]
    [InlineData("status 404")]
    [InlineData("status 4xx")]
    [InlineData("header content-type exists")]
    [InlineData("header Content-Type matches ^text/html(;|$)")]
    [InlineData("header X-A is 2")]
    [InlineData("header X-B absent")]
    [InlineData("body contains such  page")]
    [InlineData("body matches <h1>.*</h1>")]
    [InlineData("no violations")]
    public void What_is_as_expected_passes(string text) => Assert.Null(Check(text));

    [Theory]
    [InlineData("status 200", "the status is 404 Not Found")]
    [InlineData("status 2xx", "the status is 404 Not Found")]
    [InlineData("header X-B exists", "there is no header X-B")]
    [InlineData("header X-A absent", "X-A is '1' and '2'")]
    [InlineData("header X-A is 3", "X-A is '1' and '2'")]
    [InlineData("header Content-Type contains json", "Content-Type is 'text/html; charset=utf-8'")]
    [InlineData("body empty", "the body has 22 bytes and begins '<h1>No such  page</h1>'")]
    [InlineData("body is x", "the body has 22 bytes and begins '<h1>No such  page</h1>'")]
    public void What_is_not_says_what_was_received(string text, string received) => Assert.Equal(received, Check(text));

    private static string? Check(string text) => InlineExpectationParser.Parse(text, "a.http", 1).Check(_response);
}
