using System.Text;
using IsapiHost.Requests;
using IsapiHost.Variables;

namespace IsapiHost.Tests.Variables;

public class PathVariablesTests
{
    private static readonly char Separator = Path.DirectorySeparatorChar;

    // Reference 5.4, column by column.
    [Theory]
    [InlineData("/v/my.dll", false, "/v/MY.dll/zip/a", "/v/MY.dll", "/zip/a", "/zip/a", "/zip/a")]
    [InlineData("/v/my.dll", false, "/v/my.dll", "/v/my.dll", "", "", "")]
    [InlineData("/v/*", false, "/v/zip/a", "/v", "/zip/a", "/zip/a", "/zip/a")]
    [InlineData("*.ext", false, "/v/page.ext/zip", "/v/page.ext", "/v/page.ext/zip", "/v/page.ext", "/zip")]
    [InlineData("*.ext", true, "/v/page.ext/zip", "/v/page.ext", "/zip", "/zip", "/zip")]
    [InlineData("*.ext", true, "/v/page.ext", "/v/page.ext", "", "", "")]
    [InlineData("*", false, "/v/x/", "/v/x/", "/v/x/", "/v/x/", "")]
    public void Each_kind_of_mapping_has_its_own_path_info(
        string pattern, bool cgiStyle, string path, string scriptName, string pathInfo, string translatedUrl, string extraPath)
    {
        var request = new RequestBuilder { Pattern = pattern }.Target(path);
        request.Options.AllowPathInfoForScriptMappings = cgiStyle;

        Assert.Equal(scriptName, request["SCRIPT_NAME"]);
        Assert.Equal(scriptName, request["URL"]);
        Assert.Equal(pathInfo, request["PATH_INFO"]);
        Assert.Equal(extraPath, request["URL_PATH_INFO"]);
        Assert.Equal(Physical(translatedUrl), request["PATH_TRANSLATED"]);
        Assert.Equal(Physical(scriptName), request["SCRIPT_FILENAME"]);
        Assert.Equal(Physical(scriptName), request["REQUEST_FILENAME"]);
        Assert.EndsWith(Physical(scriptName), request["SCRIPT_TRANSLATED"], StringComparison.Ordinal);
    }

    [Fact]
    public void The_path_base_is_part_of_the_path()
    {
        var request = new RequestBuilder { Pattern = "/app/ext.dll" }.Target("/ext.dll/x");
        request.Context.Request.PathBase = "/app";

        Assert.Equal("/app/ext.dll", request["SCRIPT_NAME"]);
        Assert.Equal("/x", request["PATH_INFO"]);
    }

    [Fact]
    public void An_encoded_slash_stays_text()
    {
        var request = new RequestBuilder().Target("/ext.dll/a%2F..%2Fb", "/ext.dll/a%2F..%2Fb");

        Assert.Equal("/a%2F..%2Fb", request["PATH_INFO"]);
        Assert.Equal(Physical("/a%2F..%2Fb"), request["PATH_TRANSLATED"]);
    }

    [Fact]
    public void A_path_that_cannot_be_mapped_has_an_empty_translation() =>
        Assert.Equal("", new RequestBuilder().Target("/ext.dll/../../x", "/ext.dll/../../x")["PATH_TRANSLATED"]);

    [Fact]
    public void Paths_are_in_the_ansi_code_page_and_lossless_in_unicode()
    {
        var request = new RequestBuilder().Target("/ext.dll", "/ext.dll/\u00E9\u20AC\uFF0F");
        request.Options.AnsiCodePage = 1252;
        var buffer = new byte[100];

        ServerVariables.Get(request.View(), "PATH_INFO"u8, buffer, out var size);

        // A full-width slash is not in the code page and must not become a slash.
        Assert.Equal("/\u00E9\u0080?\0", Encoding.Latin1.GetString(buffer, 0, size));
        Assert.Equal("/\u00E9\u20AC\uFF0F", request["UNICODE_PATH_INFO"]);
    }

    [Fact]
    public void A_view_maps_again_for_its_next_request()
    {
        var request = new RequestBuilder().Target("/ext.dll/one");
        Assert.Equal(Physical("/one"), request["PATH_TRANSLATED"]);

        request.Target("/ext.dll/second");
        Assert.Equal(Physical("/second"), request["PATH_TRANSLATED"]);
    }

    [Theory]
    [InlineData(@"C:\www\a.dll", @"\\?\C:\www\a.dll")]
    [InlineData(@"\\host\share\a.dll", @"\\?\UNC\host\share\a.dll")]
    [InlineData(@"\\?\C:\a.dll", @"\\?\C:\a.dll")]
    [InlineData("/srv/www/a.so", "/srv/www/a.so")]
    [InlineData("", "")]
    public void Script_translated_has_the_prefix_of_long_windows_paths(string path, string expected)
    {
        var writer = new VariableWriter(new byte[200], new SiteSettings(new IsapiOptions()), unicode: true);
        var buffer = new byte[200];

        PathVariables.WriteExtendedLength(path, ref writer);
        writer.CopyTo(buffer, out var size);

        Assert.Equal(expected, Encoding.Unicode.GetString(buffer, 0, size - 2));
    }

    private static string Physical(string url) => RequestBuilder.Root + url.Replace('/', Separator);
}
