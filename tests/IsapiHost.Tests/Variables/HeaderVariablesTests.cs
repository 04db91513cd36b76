using System.Text;
using IsapiHost.Variables;
using Microsoft.AspNetCore.Http.Features;

namespace IsapiHost.Tests.Variables;

public class HeaderVariablesTests
{
    [Fact]
    public void All_http_has_one_line_per_name_without_blank_and_with_lf()
    {
        var request = new RequestBuilder().Header("Host", "a.example").Header("X-one-Two_3", "1", "2").Header("Cookie", "a=1", "b=2").Header("Empty", "");

        Assert.Equal(
            ["HTTP_COOKIE:a=1; b=2", "HTTP_EMPTY:", "HTTP_HOST:a.example", "HTTP_X_ONE_TWO_3:1, 2"],
            Lines(request["ALL_HTTP"], "\n"));
    }

    [Fact]
    public void All_raw_has_a_line_per_header_with_crlf_and_no_empty_line()
    {
        var request = new RequestBuilder().Header("Host", "a.example").Header("X-one", "1", "2");

        Assert.Equal(["Host: a.example", "X-one: 1", "X-one: 2"], Lines(request["ALL_RAW"], "\r\n"));
    }

    [Fact]
    public void Pseudo_headers_are_not_headers()
    {
        var request = new RequestBuilder().Header(":authority", "a.example");

        Assert.Equal("", request["ALL_HTTP"]);
        Assert.Equal("", request["ALL_RAW"]);
        Assert.Null(request["HEADER_:authority"]);
    }

    [Fact]
    public void A_long_header_name_is_written_whole()
    {
        var name = string.Concat(Enumerable.Repeat("abc-", 50)) + "d";

        Assert.Equal("HTTP_" + name.Replace('-', '_').ToUpperInvariant() + ":v\n", new RequestBuilder().Header(name, "v")["ALL_HTTP"]);
    }

    [Theory]
    [InlineData("HTTP_USER_AGENT", "probe")]
    [InlineData("HTTP_User-Agent", "probe")]
    [InlineData("http_user_agent", "probe")]
    [InlineData("HEADER_User-Agent", "probe")]
    [InlineData("HEADER_USER_AGENT", null)]
    [InlineData("HTTP_X_WITH_UNDERSCORE", null)]
    [InlineData("HEADER_X_With_Underscore", "literal")]
    [InlineData("HTTP_COOKIE", "a=1; b=2")]
    [InlineData("HTTP_ACCEPT", "x/y, z/w")]
    [InlineData("HTTP_EMPTY", "")]
    [InlineData("HTTP_MISSING", null)]
    [InlineData("HTTP_", null)]
    [InlineData("HEADER_", null)]
    public void A_header_is_found_by_its_name(string variable, string? expected)
    {
        var request = new RequestBuilder()
            .Header("User-Agent", "probe")
            .Header("X_With_Underscore", "literal")
            .Header("Cookie", "a=1", "b=2")
            .Header("Accept", "x/y", "z/w")
            .Header("Empty", "");

        Assert.Equal(expected, request[variable]);
    }

    [Fact]
    public void Header_bytes_come_back_as_they_were_received()
    {
        var request = new RequestBuilder().Header("X", "\u00FC");
        request.Options.RequestHeaderEncoding = Encoding.Latin1;
        var buffer = new byte[10];

        ServerVariables.Get(request.View(), "HTTP_X"u8, buffer, out var size);

        Assert.Equal([0xFC, 0], buffer[..size]);
    }

    [Fact]
    public void The_content_type_has_its_own_variable_and_the_headers_one()
    {
        var request = new RequestBuilder().Header("Content-Type", "text/xml");

        Assert.Equal("text/xml", request["CONTENT_TYPE"]);
        Assert.Equal("text/xml", request["HTTP_CONTENT_TYPE"]);
        Assert.Equal("", new RequestBuilder()["CONTENT_TYPE"]);
    }

    [Fact]
    public void The_content_length_is_zero_without_a_body()
    {
        Assert.Equal("0", new RequestBuilder()["CONTENT_LENGTH"]);
        Assert.Null(new RequestBuilder()["HTTP_CONTENT_LENGTH"]);
        Assert.Equal("12", new RequestBuilder().Header("Content-Length", "12")["CONTENT_LENGTH"]);
        Assert.Equal("12", new RequestBuilder().Header("Content-Length", "12")["HTTP_CONTENT_LENGTH"]);
    }

    [Fact]
    public void The_host_may_set_the_length_of_a_chunked_body()
    {
        var request = new RequestBuilder().Header("Transfer-Encoding", "chunked");
        request.Context.Features.Set<IHttpRequestBodyDetectionFeature>(new WithBody());
        var view = request.View();

        Assert.Null(view.ContentLength);
        Assert.Equal("0", RequestBuilder.Read(view, "CONTENT_LENGTH"));

        view.ContentLength = 5;
        Assert.Equal("5", RequestBuilder.Read(view, "CONTENT_LENGTH"));
        Assert.Equal("5", RequestBuilder.Read(view, "HTTP_CONTENT_LENGTH"));
    }

    private static IEnumerable<string> Lines(string? text, string end)
    {
        Assert.EndsWith(end, text, StringComparison.Ordinal);
        return text![..^end.Length].Split(end).Order(StringComparer.Ordinal);
    }

    private sealed class WithBody : IHttpRequestBodyDetectionFeature
    {
        public bool CanHaveBody => true;
    }
}
