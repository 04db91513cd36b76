using System.Text;
using IsapiHost.Mapping;
using IsapiHost.Requests;

namespace IsapiHost.Tests.Mapping;

public class UrlDecoderTests
{
    [Theory]
    [InlineData(65001, "/k%C3%A4se", "/käse")]
    [InlineData(65001, "/M%FCller", "/Müller")]
    [InlineData(1252, "/M%FCller", "/Müller")]
    [InlineData(1252, "/M%C3%BCller", "/Müller")]
    [InlineData(1252, "/%80", "/€")]
    [InlineData(1251, "/%EC%E8%F0", "/мир")]
    [InlineData(932, "/%8F%5C/a", "/十/a")]
    [InlineData(1252, "/%C3%A4/%E4", "/Ã¤/ä")]
    [InlineData(1252, "/%25E4", "/%E4")]
    [InlineData(1252, "//a/./b/../c//", "/a/c/")]
    [InlineData(1252, "/%2e%2e/%2E/a", "/a")]
    [InlineData(1252, "/%C0%AE%C0%AE/a", "/À®À®/a")]
    [InlineData(1252, "/../a", "/a")]
    [InlineData(1252, "/", "/")]
    public void A_path_is_utf_8_or_else_of_the_code_page(int codePage, string path, string decoded) =>
        Assert.Equal(decoded, new UrlDecoder(AnsiEncoding.Create(codePage)).Decode(path));

    [Fact]
    public void A_long_path_is_decoded_too() =>
        Assert.Equal("/" + new string('ä', 20_000), new UrlDecoder(Encoding.UTF8).Decode("/" + string.Concat(Enumerable.Repeat("%C3%A4", 20_000))));
}
