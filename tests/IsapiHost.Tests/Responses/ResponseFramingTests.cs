using System.Globalization;
using IsapiHost.Responses;
using IsapiHost.Responses.Heads;

namespace IsapiHost.Tests.Responses;

/// <summary>RFC 9112, section 6, and RFC 9110, section 8.6, as a table: what is known when the head goes out, and what follows.</summary>
public sealed class ResponseFramingTests
{
    // Status and head: "n" declares a Content-Length, "chunked" is the extension's own framing. Conditions: "complete=n" when nothing follows,
    // "own" when its chunks may pass, "direct" when the host may write some, "HEAD" from the client, "to-HEAD" when a filter has made it so.
    [Theory]
    [InlineData("200 4", "", "Length 4")]
    [InlineData("200 4", "complete=2", "Length 4")]
    [InlineData("200 4", "complete=9", "Length 4")]
    [InlineData("200 0", "direct", "Length 0")]
    [InlineData("200", "complete=0", "Length 0")]
    [InlineData("200", "complete=7 direct", "Length 7")]
    [InlineData("404", "complete=7", "Length 7")]
    [InlineData("200", "", "Server")]
    [InlineData("200", "direct", "DirectChunks")]
    [InlineData("200 chunked", "own", "OwnChunks")]
    [InlineData("200 chunked", "own direct", "OwnChunks")]
    [InlineData("200 chunked", "own complete=20", "OwnChunks")]
    [InlineData("200 chunked", "", "Server")]
    [InlineData("200 chunked", "direct", "DirectChunks")]
    [InlineData("200 chunked", "complete=5", "Length 5")]
    [InlineData("204", "", "None")]
    [InlineData("204 4", "complete=4", "None")]
    [InlineData("204 chunked", "own", "None")]
    [InlineData("205", "complete=4", "None")]
    [InlineData("304", "complete=4", "None")]
    [InlineData("304 4", "", "None 4")]
    [InlineData("304 chunked", "own", "None")]
    [InlineData("200 4", "HEAD", "None 4")]
    [InlineData("200 4", "HEAD complete=0", "None 4")]
    [InlineData("200", "HEAD", "None")]
    [InlineData("200", "HEAD complete=0", "None")]
    [InlineData("200", "HEAD complete=9", "None 9")]
    [InlineData("200 chunked", "HEAD own", "None")]
    [InlineData("200 chunked", "HEAD complete=20", "None")]
    [InlineData("204 4", "HEAD", "None")]
    [InlineData("304 4", "HEAD", "None 4")]
    [InlineData("200 4", "to-HEAD complete=0", "Length 0")]
    [InlineData("200 4", "to-HEAD", "Server")]
    [InlineData("200 4", "to-HEAD direct", "DirectChunks")]
    [InlineData("200", "to-HEAD complete=3", "Length 3")]
    public void The_framing_follows_from_head_and_conditions(string head, string conditions, string expected)
    {
        var framing = ResponseFraming.Of(Head(head), Conditions(conditions.Split(' ')));

        Assert.Equal(expected, string.Create(CultureInfo.InvariantCulture, $"{framing.Body} {framing.ContentLength}").TrimEnd());
    }

    private static ResponseHead Head(string text)
    {
        var words = text.Split(' ');
        var framing = words.Length > 1 ? words[1] : "";
        return new ResponseHead
        {
            StatusCode = int.Parse(words[0], CultureInfo.InvariantCulture),
            ReasonPhrase = null,
            Headers = [],
            ChunkedByExtension = framing == "chunked",
            ContentLength = long.TryParse(framing, CultureInfo.InvariantCulture, out var length) ? length : null,
        };
    }

    private static FramingConditions Conditions(string[] words) => new()
    {
        CompleteLength = words.FirstOrDefault(word => word.StartsWith("complete=", StringComparison.Ordinal)) is { } complete
            ? long.Parse(complete["complete=".Length..], CultureInfo.InvariantCulture)
            : null,
        IsHead = words.Contains("HEAD"),
        LengthIsOfHead = words.Contains("to-HEAD"),
        PassesChunks = words.Contains("own"),
        WritesChunks = words.Contains("direct"),
    };
}
