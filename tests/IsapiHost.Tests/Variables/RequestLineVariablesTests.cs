namespace IsapiHost.Tests.Variables;

public class RequestLineVariablesTests
{
    [Fact]
    public void The_request_line_comes_as_it_was_sent()
    {
        var request = new RequestBuilder().Target("/ext.dll/a%20b?q=%20&r", "/ext.dll/a b");
        request.Context.Request.Method = "PROPFIND";

        Assert.Equal("PROPFIND", request["REQUEST_METHOD"]);
        Assert.Equal("PROPFIND", request["HTTP_METHOD"]);
        Assert.Equal("/ext.dll/a%20b?q=%20&r", request["HTTP_URL"]);
        Assert.Equal("/ext.dll/a%20b?q=%20&r", request["UNENCODED_URL"]);
        Assert.Equal("/ext.dll/a%20b?q=%20&r", request["ORIGINAL_URL"]);
        Assert.Equal("/ext.dll/a%20b", request["REQUEST_URI"]);
        Assert.Equal("q=%20&r", request["QUERY_STRING"]);
    }

    [Fact]
    public void Variables_win_over_headers_of_the_same_name()
    {
        var request = new RequestBuilder().Header("Url", "/spoofed").Header("Method", "SPOOFED").Header("Version", "SPOOFED");

        Assert.Equal("/ext.dll", request["HTTP_URL"]);
        Assert.Equal("GET", request["HTTP_METHOD"]);
        Assert.Equal("HTTP/1.1", request["HTTP_VERSION"]);
        Assert.Equal("/spoofed", request["HEADER_URL"]);
    }

    [Theory]
    [InlineData("http://a.example:80/ext.dll?x=//y", "/ext.dll?x=//y")]
    [InlineData("http://a.example", "/")]
    [InlineData("*", "*")]
    [InlineData("//double//slash", "//double//slash")]
    public void The_url_is_cut_to_path_and_query(string target, string expected)
    {
        var request = new RequestBuilder { Pattern = "*" }.Target(target, target.StartsWith('/') ? null : "/ext.dll");

        Assert.Equal(expected, request["HTTP_URL"]);
    }

    [Fact]
    public void Without_a_request_line_the_url_is_encoded_again() =>
        Assert.Equal("/ext.dll/a%20b?q", Without(new RequestBuilder().Target("?q", "/ext.dll/a b"))["HTTP_URL"]);

    [Theory]
    [InlineData("HTTP/1.0", "HTTP/1.0")]
    [InlineData("HTTP/1.1", "HTTP/1.1")]
    [InlineData("HTTP/2", "HTTP/2.0")]
    [InlineData("HTTP/3", "HTTP/3.0")]
    [InlineData("", "HTTP/1.1")]
    public void The_protocol_has_two_numbers_and_is_never_empty(string protocol, string expected)
    {
        var request = new RequestBuilder();
        request.Context.Request.Protocol = protocol;

        Assert.Equal(expected, request["SERVER_PROTOCOL"]);
        Assert.Equal(expected, request["HTTP_VERSION"]);
    }

    [Fact]
    public void The_cache_url_names_host_and_port()
    {
        var request = new RequestBuilder().Target("/ext.dll?q").Header("Host", "a.example");
        Assert.Equal("http://a.example:80/ext.dll?q", request["CACHE_URL"]);

        request.Context.Request.Scheme = "https";
        Assert.Equal("https://a.example:443/ext.dll?q", request["CACHE_URL"]);
    }

    private static RequestBuilder Without(RequestBuilder request)
    {
        request.Context.Features.Get<Microsoft.AspNetCore.Http.Features.IHttpRequestFeature>()!.RawTarget = "";
        return request;
    }
}
