using IsapiHost.Tracing;

namespace IsapiHost.Tests.Tracing;

public sealed class SecretMaskTests
{
    [Theory]
    [InlineData("AUTH_PASSWORD")]
    [InlineData("HTTP_AUTHORIZATION")]
    [InlineData("HEADER_Cookie")]
    [InlineData("HTTP_PROXY_AUTHORIZATION")]
    [InlineData("HTTP_COOKIE")]
    [InlineData("HTTP_SET_COOKIE")]
    [InlineData("UNICODE_HTTP_COOKIE")]
    [InlineData("UNICODE_AUTH_PASSWORD")]
    [InlineData("http_cookie ")]
    [InlineData("HTTP_X_API_KEY")]
    [InlineData("HTTP_X_AUTH_TOKEN")]
    [InlineData("HEADER_X-Access-Token")]
    public void Secret_variables_are_masked(string name) => Assert.Equal("***", SecretMask.Variable(name, "secret"));

    [Theory]
    [InlineData("ALL_HTTP", "HTTP_HOST:a\nHTTP_COOKIE:x=secret\nHTTP_ACCEPT:b\n", "HTTP_HOST:a\nHTTP_COOKIE:***\nHTTP_ACCEPT:b\n")]
    [InlineData("ALL_RAW", "Host: a\r\nauthorization: Basic secret\r\n", "Host: a\r\nauthorization:***\r\n")]
    [InlineData("UNICODE_ALL_HTTP", "HTTP_HOST:a\nHTTP_PROXY_AUTHORIZATION:Basic secret\n", "HTTP_HOST:a\nHTTP_PROXY_AUTHORIZATION:***\n")]
    [InlineData("UNICODE_ALL_RAW", "cookie : secret\r\nHost: a\r\n", "cookie :***\r\nHost: a\r\n")]
    [InlineData("ALL_RAW", "Cookie: one\rsecret\r\nHost: a\r\n", "Cookie:***\r\nHost: a\r\n")]
    [InlineData("HTTP_HOST", "cookies.example", "cookies.example")]
    [InlineData("ALL_HTTP", "HTTP_X_API_KEY:secret\nHTTP_HOST:a\n", "HTTP_X_API_KEY:***\nHTTP_HOST:a\n")]
    [InlineData("ALL_RAW", "X-Auth-Token: secret\r\nHost: a\r\n", "X-Auth-Token:***\r\nHost: a\r\n")]
    [InlineData("QUERY_STRING", "user=a&password=secret&x=1", "user=a&password=***&x=1")]
    [InlineData("HTTP_URL", "/ext.dll?token=secret", "/ext.dll?token=***")]
    public void Other_variables_keep_what_is_no_secret(string name, string value, string expected) => Assert.Equal(expected, SecretMask.Variable(name, value));

    [Fact]
    public void Lines_that_continue_a_secret_are_secret() =>
        Assert.Equal("A: b\r\nSet-Cookie:***\r\nC: d", SecretMask.Lines("A: b\r\nSet-Cookie: id=1;\r\n\tsecret\r\nC: d"));

    [Theory]
    [InlineData("{\"password\": \"secret\"}", "{\"password\": \"***\"}")]
    [InlineData("<pwd>secret</pwd>", "<pwd>***</pwd>")]
    public void Bodies_lose_what_recordings_mask(string body, string expected)
    {
        Assert.Equal(expected, SecretMask.Lines(body));
        Assert.Equal(expected, SecretMask.Lines(expected));
    }
}
