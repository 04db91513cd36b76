using System.Text;
using IsapiHost.Mapping;

namespace IsapiHost.Tests.Mapping;

public class LocalUrlTests
{
    private static readonly UrlDecoder _decoder = new(Encoding.UTF8);

    [Theory]
    [InlineData("/a?b=c", "/a?b=c", "/a", "?b=c")]
    [InlineData("/a%20b%2Fc", "/a%20b%2Fc", "/a b%2Fc", "")]
    [InlineData("/a b", "/a%20b", "/a b", "")]
    [InlineData("/käse?ä", "/k%C3%A4se?%C3%A4", "/käse", "?%C3%A4")]
    [InlineData("/a/../b/./%2e%2e/c", "/a/../b/./%2e%2e/c", "/c", "")]
    [InlineData("/../../etc", "/../../etc", "/etc", "")]
    [InlineData("/%252e%252e/a", "/%252e%252e/a", "/%2e%2e/a", "")]
    [InlineData("/k%C3%A4%E2%82%AC%F0%9F%98%80%7e", "/k%C3%A4%E2%82%AC%F0%9F%98%80%7e", "/kä€😀~", "")]
    [InlineData("/%E4%zz%4", "/%E4%zz%4", "/ä%zz%4", "")]
    [InlineData("/a#b?c#d", "/a%23b?c%23d", "/a#b", "?c%23d")]
    [InlineData("//a///b", "//a///b", "/a/b", "")]
    public void A_url_is_decoded_once_and_has_no_dot_segments(string text, string target, string path, string query)
    {
        var url = LocalUrl.TryParse(text, _decoder);

        Assert.NotNull(url);
        Assert.Equal(target, url.Target);
        Assert.Equal(path, url.Path.Value);
        Assert.Equal(query, url.Query.Value ?? "");
    }

    [Theory]
    [InlineData("")]
    [InlineData("a")]
    [InlineData("http://example.test/")]
    [InlineData("/a\r\nb")]
    [InlineData("/a%00b")]
    public void Anything_else_is_refused(string text) => Assert.Null(LocalUrl.TryParse(text, _decoder));
}
