using System.Text;
using FsCheck;
using FsCheck.Fluent;
using IsapiHost.Mapping;

namespace IsapiHost.Tests.Mapping;

public class UrlNormalizerTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData("/", "/")]
    [InlineData("/a/b", "/a/b")]
    [InlineData("/a%20b", "/a b")]
    [InlineData("/a//b///c/", "/a/b/c/")]
    [InlineData("/a/./b/.", "/a/b/")]
    [InlineData("/a/b/../c", "/a/c")]
    [InlineData("/a/b/..", "/a/")]
    [InlineData("/../../x", "/x")]
    [InlineData("/a/%2e%2E/x", "/x")]
    [InlineData("/a/.../x", "/a/.../x")]
    [InlineData("/%252e", "/%2e")]
    [InlineData("/a%2fb", "/a%2fb")]
    [InlineData("/a%00b", "/a%00b")]
    [InlineData("/100%", "/100%")]
    [InlineData("/%4", "/%4")]
    [InlineData("/%zz%-1% 1", "/%zz%-1% 1")]
    [InlineData("/a/../b?q=%20/../x", "/b?q=%20/../x")]
    [InlineData("/%3Fa?b", "/?a?b")]
    [InlineData("http://h:80/a/../b%20c?d=//", "http://h:80/b c?d=//")]
    [InlineData("http://h", "http://h")]
    [InlineData("/x?u=http://a//b", "/x?u=http://a//b")]
    [InlineData("a/../../b", "b")]
    [InlineData("*", "*")]
    public void A_url_is_normalised_in_place(string url, string expected) => Assert.Equal(expected, Normalize(url));

    [Fact]
    public void Any_text_gets_no_longer_and_has_no_dot_segments_left()
    {
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(2_000), Prop.ForAll(UrlTexts.Any(), url =>
        {
            var result = Normalize(url);
            var path = result.Split('?')[0];

            return result.Length <= url.Length
                && (url.Contains("://", StringComparison.Ordinal)
                    || (url.Contains("%3f", StringComparison.OrdinalIgnoreCase)
                    || !path.Split('/').Any(segment => segment is "." or "..")));
        }));
    }

    private static string Normalize(string url)
    {
        var bytes = Encoding.Latin1.GetBytes(url);
        return Encoding.Latin1.GetString(bytes, 0, UrlNormalizer.Normalize(bytes));
    }
}
