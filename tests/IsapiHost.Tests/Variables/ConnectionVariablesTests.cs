using System.Net;

namespace IsapiHost.Tests.Variables;

public class ConnectionVariablesTests
{
    [Theory]
    [InlineData("192.0.2.7", "192.0.2.7")]
    [InlineData("::ffff:192.0.2.7", "192.0.2.7")]
    [InlineData("2001:db8::1", "2001:db8::1")]
    [InlineData("fe80::1%3", "fe80::1")]
    [InlineData(null, "127.0.0.1")]
    public void An_address_is_written_as_old_code_expects_it(string? address, string expected)
    {
        var request = new RequestBuilder();
        request.Context.Connection.RemoteIpAddress = request.Context.Connection.LocalIpAddress = address is null ? null : IPAddress.Parse(address);

        Assert.Equal(expected, request["REMOTE_ADDR"]);
        Assert.Equal(expected, request["REMOTE_HOST"]);
        Assert.Equal(expected, request["LOCAL_ADDR"]);
        Assert.Equal(expected, request["SERVER_ADDR"]);
    }

    [Fact]
    public void Ports_are_decimal() => Assert.Equal("50123", new RequestBuilder()["REMOTE_PORT"]);

    [Theory]
    [InlineData("a.example", "http", "a.example", "80")]
    [InlineData("a.example", "https", "a.example", "443")]
    [InlineData("a.example:81", "http", "a.example", "81")]
    [InlineData("[::1]:81", "http", "[::1]", "81")]
    [InlineData("[::1]", "http", "[::1]", "80")]
    [InlineData("a.example:x", "http", "a.example", "80")]
    [InlineData(null, "http", "10.0.0.5", "8080")]
    public void Name_and_port_are_those_the_client_used(string? host, string scheme, string name, string port)
    {
        var request = new RequestBuilder();
        request.Context.Request.Scheme = scheme;

        if (host is not null)
        {
            request.Header("Host", host);
        }

        Assert.Equal(name, request["SERVER_NAME"]);
        Assert.Equal(port, request["SERVER_PORT"]);
    }
}
