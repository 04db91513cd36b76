using System.Text;
using IsapiHost.Mapping;

namespace IsapiHost.Tests.Mapping;

public class UrlTextTests
{
    [Theory]
    [InlineData("https://x.example/a?b=c#d", "https://x.example/a?b=c#d")]
    [InlineData("/a b\t", "/a%20b%09")]
    [InlineData("/😀ä", "/%F0%9F%98%80%C3%A4")]
    [InlineData("/a%20%", "/a%20%")]
    [InlineData("/a\r\nX: y", "/a%0D%0AX:%20y")]
    [InlineData("/\u007F\u0001", "/%7F%01")]
    public void What_cannot_stand_in_a_url_is_escaped(string url, string escaped) => Assert.Equal(escaped, UrlText.Escape(url));

    [Fact]
    public void Half_a_surrogate_pair_is_no_character() => Assert.Equal("/%EF%BF%BD", UrlText.Escape("/\uD83D"));

    [Theory]
    [InlineData("/a b?c d", "/a%20b?c%20d")]
    [InlineData("/a#b", "/a%23b")]
    [InlineData("/M\u00FCller", "/M%FCller")]
    [InlineData("/%41%", "/%41%")]
    public void A_request_target_is_escaped_byte_by_byte(string target, string escaped) =>
        Assert.Equal(escaped, UrlText.EscapeTarget(Encoding.Latin1.GetBytes(target)));

    [Theory]
    [InlineData("/a%20b", "/a b")]
    [InlineData("/%252e", "/%2e")]
    [InlineData("/%2F%2f%00", "/%2F%2f%00")]
    [InlineData("/%4", "/%4")]
    [InlineData("/%zz%", "/%zz%")]
    [InlineData("/%+1%-1% 1", "/%+1%-1% 1")]
    [InlineData("/%5C", "/\\")]
    public void A_path_is_decoded_once(string path, string decoded)
    {
        var bytes = Encoding.Latin1.GetBytes(path);

        Assert.Equal(decoded, Encoding.Latin1.GetString(bytes, 0, UrlText.Unescape(bytes)));
    }
}
