using System.Text;
using IsapiHost.Mapping;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace IsapiHost.Tests.Mapping;

public class RequestPathTests
{
    private static readonly UrlDecoder _decoder = new(Encoding.UTF8);

    // The target of the request line, what the server made of it, and what mapping sees.
    [Theory]
    [InlineData("/a/b?c", "/a/b", "/a/b")]
    [InlineData("//a///b", "//a///b", "/a/b")]
    [InlineData("/M%FCller", "/M%FCller", "/Müller")]
    [InlineData("/M%FCller//x?%FC", "/M%FCller//x", "/Müller/x")]
    [InlineData("/M%25FCller", "/M%FCller", "/M%FCller")]
    [InlineData("/a%2Fb", "/a%2Fb", "/a%2Fb")]
    [InlineData("/100%25", "/100%", "/100%")]
    [InlineData("/a/%FC/../b", "/a/b", "/a/b")]
    [InlineData("http://x.example/M%FCller", "/M%FCller", "/Müller")]
    [InlineData("/sent%FC", "/rewritten%FC", "/rewritten%FC")] // Middleware has changed the path; its text is what it says.
    [InlineData("", "/M%FCller", "/M%FCller")] // A server that keeps no request line.
    public void The_path_is_decoded_once_with_single_slashes(string target, string path, string expected)
    {
        var context = new DefaultHttpContext();
        context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget = target;
        context.Request.Path = new PathString(path);

        Assert.Equal(expected, RequestPath.Of(context, _decoder));
    }

    [Fact]
    public void The_path_base_belongs_to_it()
    {
        var context = new DefaultHttpContext();
        context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget = "/base/M%FCller";
        context.Request.PathBase = "/base";
        context.Request.Path = new PathString("/M%FCller");

        Assert.Equal("/base/Müller", RequestPath.Of(context, _decoder));
    }

    [Fact]
    public void Options_for_the_whole_server_has_no_path()
    {
        var context = new DefaultHttpContext();
        context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget = "*";

        Assert.Equal("*", RequestPath.Of(context, _decoder));
    }
}
