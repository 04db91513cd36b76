using IsapiHost.Mapping;

namespace IsapiHost.Tests;

public class HandlerMappingTests
{
    [Theory]
    [InlineData("/ext.dll", HandlerMappingKind.Direct)]
    [InlineData("/some/plain/path", HandlerMappingKind.Direct)]
    [InlineData("/prefix/*", HandlerMappingKind.Prefix)]
    [InlineData("/a/b/*", HandlerMappingKind.Prefix)]
    [InlineData("*.abc", HandlerMappingKind.Script)]
    [InlineData("*.tar.gz", HandlerMappingKind.Script)]
    [InlineData("*", HandlerMappingKind.Wildcard)]
    public void A_pattern_says_its_kind(string pattern, HandlerMappingKind kind)
    {
        var mapping = HandlerMapping.Parse(pattern, "ext.dll");

        Assert.Equal(kind, mapping.Kind);
        Assert.Equal(pattern, mapping.Pattern);
        Assert.Equal("ext.dll", mapping.ModulePath);
    }

    [Theory]
    [InlineData("")]
    [InlineData("abc")]
    [InlineData("ext.dll")]
    [InlineData("**")]
    [InlineData("*abc")]
    [InlineData("*.")]
    [InlineData("*..abc")]
    [InlineData("*.abc.")]
    [InlineData("*.*")]
    [InlineData("*.a/b")]
    [InlineData("/")]
    [InlineData("/*")]
    [InlineData("/a/")]
    [InlineData("//a")]
    [InlineData("/a//b")]
    [InlineData("/a/../b")]
    [InlineData("/./a")]
    [InlineData("/*.abc")]
    [InlineData("/a/*/b")]
    [InlineData("/a\\b")]
    [InlineData("/a?b")]
    public void Another_pattern_is_refused_with_the_forms_that_are_known(string pattern)
    {
        var fault = Assert.Throws<FormatException>(() => HandlerMapping.Parse(pattern, "ext.dll"));

        Assert.Contains($"'{pattern}'", fault.Message, StringComparison.Ordinal);
        Assert.Contains("Write '*.abc' for a file extension", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/ext.dll", "/ext.dll", "/ext.dll", "")]
    [InlineData("/ext.dll", "/EXT.Dll/zip/a", "/EXT.Dll", "/zip/a")]
    [InlineData("/ext.dll", "/ext.dll/", "/ext.dll", "/")]
    [InlineData("/prefix/*", "/prefix", "/prefix", "")]
    [InlineData("/prefix/*", "/Prefix/a/b", "/Prefix", "/a/b")]
    public void A_path_is_cut_behind_an_extension_or_a_prefix(string pattern, string path, string scriptName, string pathInfo)
    {
        Assert.True(HandlerMapping.Parse(pattern, "ext.dll").TryMatch(path, out var match));

        Assert.Equal(scriptName, match.ScriptName(path).ToString());
        Assert.Equal(pathInfo, match.PathInfo(path, cgiStyleScripts: false).ToString());
        Assert.Equal(pathInfo, match.PathInfo(path, cgiStyleScripts: true).ToString());
    }

    [Theory]
    [InlineData("*.abc", "/v/page.abc", "/v/page.abc", "")]
    [InlineData("*.abc", "/v/page.ABC/zip/a", "/v/page.ABC", "/zip/a")]
    [InlineData("*.abc", "/one.abc/two.abc", "/one.abc", "/two.abc")]
    [InlineData("*.abc", "/page.abc/", "/page.abc", "/")]
    [InlineData("*.tar.gz", "/x/y.tar.gz/z", "/x/y.tar.gz", "/z")]
    public void A_script_map_cuts_behind_the_first_segment_with_its_extension(string pattern, string path, string scriptName, string extraPath)
    {
        Assert.True(HandlerMapping.Parse(pattern, "ext.dll").TryMatch(path, out var match));

        Assert.Equal(scriptName, match.ScriptName(path).ToString());
        Assert.Equal(extraPath, match.ExtraPath(path).ToString());
        Assert.Equal(path, match.PathInfo(path, cgiStyleScripts: false).ToString());
        Assert.Equal(extraPath, match.PathInfo(path, cgiStyleScripts: true).ToString());
    }

    [Fact]
    public void With_a_wildcard_script_name_and_path_info_are_the_whole_path()
    {
        Assert.True(HandlerMapping.Parse("*", "ext.dll").TryMatch("/a/b.c", out var match));

        Assert.Equal("/a/b.c", match.ScriptName("/a/b.c").ToString());
        Assert.Equal("/a/b.c", match.PathInfo("/a/b.c", cgiStyleScripts: true).ToString());
        Assert.Equal("", match.ExtraPath("/a/b.c").ToString());
    }

    [Theory]
    [InlineData("/ext.dll", "/ext.dllx")]
    [InlineData("/ext.dll", "/v/ext.dll")]
    [InlineData("/ext.dll", "/ext")]
    [InlineData("/prefix/*", "/prefixed/a")]
    [InlineData("*.abc", "/page.abcd")]
    [InlineData("*.abc", "/pageabc")]
    [InlineData("*.tar.gz", "/x.gz")]
    public void Another_path_does_not_match(string pattern, string path) =>
        Assert.False(HandlerMapping.Parse(pattern, "ext.dll").TryMatch(path, out _));

    [Fact]
    public void Matching_allocates_nothing()
    {
        var table = new HandlerTable([HandlerMapping.Parse("/ext.dll", "a"), HandlerMapping.Parse("*.abc", "b"), HandlerMapping.Parse("*", "c")]);
        table.TryMatch("/warm.abc/up", passed: null, out _);

        var before = GC.GetAllocatedBytesForCurrentThread();
        table.TryMatch("/v/page.abc/zip", passed: null, out _);
        table.TryMatch("/ext.dll/zip", passed: null, out _);
        table.TryMatch("/other", passed: null, out _);

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }
}
