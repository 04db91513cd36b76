using System.IO.Compression;
using IsapiHost.Requests;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.WebUtilities;

namespace IsapiHost.Tests.Variables;

/// <summary>The request headers that native code is shown where they are not those that the client sent.</summary>
public sealed class PresentedHeadersTests
{
    [Theory]
    [InlineData("ALL_HTTP", "HTTP_PROXY")]
    [InlineData("ALL_RAW", "proxy:")]
    public void The_Proxy_header_of_a_client_is_in_no_list(string variable, string shown)
    {
        Assert.DoesNotContain(shown, WithProxy(present: false)[variable], StringComparison.OrdinalIgnoreCase);
        Assert.Contains(shown, WithProxy(present: true)[variable], StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("HTTP_PROXY")]
    [InlineData("http_proxy")]
    [InlineData("HEADER_Proxy")]
    public void The_Proxy_header_of_a_client_is_no_variable(string variable)
    {
        Assert.Null(WithProxy(present: false)[variable]);
        Assert.Equal("http://evil.example", WithProxy(present: true)[variable]);
    }

    [Fact]
    public void Other_headers_that_begin_like_it_are_shown()
    {
        var request = new RequestBuilder().Header("Proxy-Authorization", "x").Header("X-Proxy", "y");

        Assert.Equal("x", request["HTTP_PROXY_AUTHORIZATION"]);
        Assert.Equal("y", request["HTTP_X_PROXY"]);
    }

    [Theory]
    [InlineData("HTTP/2", true, true)]
    [InlineData("HTTP/3", true, true)]
    [InlineData("HTTP/2", false, false)]
    public void A_body_of_unknown_length_is_shown_as_chunked(string protocol, bool hasBody, bool shown)
    {
        var request = WithBody(protocol, hasBody);

        Assert.Equal(shown ? "chunked" : null, request["HTTP_TRANSFER_ENCODING"]);
        Assert.Equal(shown, request["ALL_HTTP"]!.Contains("HTTP_TRANSFER_ENCODING:chunked\n", StringComparison.Ordinal));
        Assert.Equal(shown, request["ALL_RAW"]!.Contains("Transfer-Encoding: chunked\r\n", StringComparison.Ordinal));
    }

    [Fact]
    public void A_body_of_known_length_is_not()
    {
        var request = WithBody("HTTP/2", hasBody: true).Header("Content-Length", "5");

        Assert.Null(request["HTTP_TRANSFER_ENCODING"]);
        Assert.Equal("5", request["HTTP_CONTENT_LENGTH"]);
    }

    [Fact]
    public void The_length_of_a_body_that_middleware_has_unpacked_is_unknown()
    {
        var request = WithBody("HTTP/1.1", hasBody: true).Header("Content-Length", "5");
        request.Context.Request.Body = new GZipStream(Stream.Null, CompressionMode.Decompress);

        Assert.Null(request.View().ContentLength);
        Assert.Null(request["HTTP_CONTENT_LENGTH"]);
        Assert.Equal("0", request["CONTENT_LENGTH"]);
        Assert.Equal("chunked", request["HTTP_TRANSFER_ENCODING"]);
        Assert.DoesNotContain("Content-Length", request["ALL_RAW"], StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void A_body_that_middleware_only_buffers_keeps_its_length()
    {
        var request = WithBody("HTTP/1.1", hasBody: true).Header("Content-Length", "5");
        request.Context.Request.Body = new FileBufferingReadStream(Stream.Null, memoryThreshold: 100);

        Assert.Equal(5, request.View().ContentLength);
        Assert.Equal("5", request["HTTP_CONTENT_LENGTH"]);
    }

    private static RequestBuilder WithProxy(bool present)
    {
        var request = new RequestBuilder().Header("proxy", "http://evil.example").Header("X-Other", "1");
        request.Options.PresentProxyHeader = present;
        return request;
    }

    private static RequestBuilder WithBody(string protocol, bool hasBody)
    {
        var request = new RequestBuilder();
        request.Context.Request.Protocol = protocol;
        request.Context.Features.Set<IHttpRequestBodyDetectionFeature>(new Detection(hasBody));
        return request;
    }

    private sealed class Detection(bool canHaveBody) : IHttpRequestBodyDetectionFeature
    {
        public bool CanHaveBody => canHaveBody;
    }
}
