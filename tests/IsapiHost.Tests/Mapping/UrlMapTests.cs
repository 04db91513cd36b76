using FsCheck;
using FsCheck.Fluent;
using IsapiHost.Mapping;

namespace IsapiHost.Tests.Mapping;

public class UrlMapTests
{
    private static readonly UrlMap Unix = new("/srv/www/", Directories(("/images", "/data/pictures/"), ("/images/old", "/attic")), PathStyle.Unix);
    private static readonly UrlMap Windows = new("C:\\www\\", Directories(("/images", "D:\\pictures"), ("/share", "\\\\host\\s")), PathStyle.Windows);

    [Theory]
    [InlineData("", "/srv/www")]
    [InlineData("/", "/srv/www/")]
    [InlineData("/a/b.txt", "/srv/www/a/b.txt")]
    [InlineData("a", "/srv/www/a")]
    [InlineData("/a/", "/srv/www/a/")]
    [InlineData("/a//b/./c/../d", "/srv/www/a/b/d")]
    [InlineData("/images", "/data/pictures")]
    [InlineData("/Images/x.png", "/data/pictures/x.png")]
    [InlineData("/images/old/x", "/attic/x")]
    [InlineData("/images/older", "/data/pictures/older")]
    [InlineData("/imagesx", "/srv/www/imagesx")]
    [InlineData("/a/../images/x", "/data/pictures/x")]
    [InlineData("/images/../x", "/srv/www/x")]
    [InlineData("/a%2f..%2fb", "/srv/www/a%2f..%2fb")]
    [InlineData("/a\\b", "/srv/www/a\\b")]
    public void A_url_is_mapped_textually(string url, string path) => Assert.Equal(path, Unix.Map(url));

    [Theory]
    [InlineData("/", "C:\\www\\")]
    [InlineData("/a/b.txt", "C:\\www\\a\\b.txt")]
    [InlineData("/a/", "C:\\www\\a\\")]
    [InlineData("/images/a/b", "D:\\pictures\\a\\b")]
    [InlineData("/share/x", "\\\\host\\s\\x")]
    [InlineData("/console/communication/nullable.txt", "C:\\www\\console\\communication\\nullable.txt")]
    public void Windows_paths_have_backslashes(string url, string path) => Assert.Equal(path, Windows.Map(url));

    [Theory]
    [InlineData("/..")]
    [InlineData("/a/../../b")]
    [InlineData("/images/../..")]
    [InlineData("/a\0b")]
    public void A_url_that_leaves_the_root_is_refused(string url)
    {
        Assert.Null(Unix.Map(url));
        Assert.Null(Windows.Map(url));
    }

    [Theory]
    [InlineData("/a\\..\\..\\b")]
    [InlineData("/C:/x")]
    [InlineData("/a.txt::$DATA")]
    [InlineData("/a./b")]
    [InlineData("/a /b")]
    [InlineData("/.. /b")]
    [InlineData("/.../b")]
    [InlineData("/nul")]
    [InlineData("/a/CON.txt/b")]
    [InlineData("/lpt1")]
    [InlineData("/com1 .x")]
    [InlineData("/a?b")]
    [InlineData("/a\u0001")]
    public void What_is_no_plain_name_on_windows_is_refused_there(string url)
    {
        Assert.Null(Windows.Map(url));
        Assert.NotNull(Unix.Map(url));
    }

    [Theory]
    [InlineData("/images/x", "/data/pictures", "/images")]
    [InlineData("/x", "/srv/www", "")]
    public void The_matching_parts_are_the_virtual_directory(string url, string path, string prefix)
    {
        var buffer = new char[Unix.MaxLength(url.Length)];

        Assert.True(Unix.TryMap(url, buffer, out var mapped));
        Assert.Equal(path, new string(buffer, 0, mapped.MatchingPath));
        Assert.Equal(prefix, url[..mapped.MatchingUrl]);
        Assert.Equal(url[mapped.MatchingUrl..], new string(buffer, mapped.MatchingPath, mapped.Length - mapped.MatchingPath));
    }

    [Fact]
    public void The_root_of_a_file_system_keeps_its_separator()
    {
        Assert.Equal("/", new UrlMap("/", [], PathStyle.Unix).Map(""));
        Assert.Equal("/a", new UrlMap("/", [], PathStyle.Unix).Map("/a"));
        Assert.Equal("C:\\", new UrlMap("C:\\", [], PathStyle.Windows).Map(""));
        Assert.Equal("C:\\a", new UrlMap("C:\\", [], PathStyle.Windows).Map("/a"));
    }

    [Theory]
    [InlineData("images")]
    [InlineData("/")]
    [InlineData("")]
    [InlineData("/a/../b")]
    [InlineData("/a//b")]
    [InlineData("/*")]
    public void A_virtual_directory_needs_a_plain_prefix(string prefix) =>
        Assert.Throws<FormatException>(() => new UrlMap("/srv", Directories((prefix, "/x")), PathStyle.Unix));

    [Fact]
    public void The_options_give_root_and_directories()
    {
        var options = new IsapiOptions { Root = "www" };
        options.VirtualDirectories["/images"] = "pictures";

        var map = new UrlMap(options);

        Assert.Equal(Path.GetFullPath("www"), map.Map(""));
        Assert.Equal(Path.GetFullPath(Path.Combine("pictures", "a")), map.Map("/images/a"));
    }

    [Fact]
    public void No_text_leaves_the_folder_it_was_mapped_to()
    {
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(5_000), Prop.ForAll(UrlTexts.Any(), url =>
        {
            StaysInside(Unix, url, '/', "/srv/www", "/data/pictures", "/attic");
            StaysInside(Windows, url, '\\', "C:\\www", "D:\\pictures", "\\\\host\\s");
        }));
    }

    private static void StaysInside(UrlMap map, string url, char separator, params string[] folders)
    {
        if (map.Map(url) is not { } path)
        {
            return;
        }

        var folder = folders.Single(folder => path.StartsWith(folder, StringComparison.Ordinal));
        var rest = path[folder.Length..];

        Assert.True(rest.Length == 0 || rest[0] == separator);
        Assert.DoesNotContain(rest.Split(separator), segment => segment is "." or "..");
        Assert.DoesNotContain('\0', rest);
        Assert.Equal(url.Length > 0 && EndsAsFolder(url), rest.EndsWith(separator));

        if (separator == '\\')
        {
            Assert.DoesNotContain(rest, character => character is '/' or ':' || char.IsControl(character) && character < ' ');
        }
    }

    // A dot segment at the end stands for the folder itself.
    private static bool EndsAsFolder(string url) => url[(url.LastIndexOf('/') + 1)..] is "" or "." or "..";

    private static IEnumerable<KeyValuePair<string, string>> Directories(params (string Url, string Folder)[] entries) =>
        entries.Select(entry => KeyValuePair.Create(entry.Url, entry.Folder));
}
