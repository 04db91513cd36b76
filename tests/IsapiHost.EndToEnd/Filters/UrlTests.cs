using IsapiHost.EndToEnd.Hosting;

namespace IsapiHost.EndToEnd.Filters;

/// <summary>URLs as filters give them back, and what filters make of physical paths.</summary>
public sealed class UrlTests
{
    private const string Names = "?PATH_INFO&QUERY_STRING&HTTP_URL";

    // What X-Url gives (its escapes decoded by the filter), and what then stands in PATH_INFO, QUERY_STRING and HTTP_URL behind the script.
    [Theory]
    [Platforms("/a b" + Names, "/a b", "/a%20b" + Names)]
    [Platforms("/a%23b" + Names + "&x=%23", "/a#b", "/a%23b" + Names + "&x=%23")]
    [Platforms("/a%09%01%7Fb" + Names, "/a\t\u0001\u007Fb", "/a%09%01%7Fb" + Names)]
    [Platforms("/%C3%BC" + Names + "&x=%C3%BC", "/\u00C3\u00BC", "/%C3%BC" + Names + "&x=%C3%BC")]
    [Platforms("/100%" + Names, "/100%", "/100%" + Names)]
    [Platforms("//a///b" + Names, "/a/b", "//a///b" + Names)]
    [Platforms("/a/../b" + Names, "/b", "/a/../b" + Names)]
    public async Task A_decoded_url_is_taken_and_escaped(Platform platform, string rest, string pathInfo, string httpUrl)
    {
        await using var host = await HostProcess.Start(platform, new HostSettings
        {
            Filters = ["set-url"],
            Modules = ["variables"],
            Environment = new Dictionary<string, string> { ["Isapi__AnsiCodePage"] = "65001" },
        });

        var response = await host.Ask("/original", "X-Url: " + host.Url("variables", rest));

        Assert.Equal("1 0 " + host.Url("variables", httpUrl), response.Value("X-Set"));
        Assert.Contains($"value={pathInfo}\n", response.Text, StringComparison.Ordinal);
        Assert.Contains($"value={host.Url("variables", httpUrl)}\n", response.Text, StringComparison.Ordinal);
    }

    [Theory]
    [Platforms("/a%0Ab")]
    [Platforms("/a%0Db")]
    public async Task A_line_end_in_a_url_is_refused(Platform platform, string url)
    {
        await using var host = await HostProcess.Start(platform, new HostSettings { Filters = ["set-url"] });

        Assert.Equal("0 87 /original", (await host.Ask("/original", "X-Url: " + url)).Value("X-Set"));
    }

    [Theory, Platforms]
    public async Task A_path_may_be_replaced_by_a_pointer(Platform platform)
    {
        await using var host = await HostProcess.Start(platform, new HostSettings { Filters = ["replaced-path"], Modules = ["echo-ecb"] });

        Assert.Contains("lpszPathTranslated=/a/path/of/its/own\n", await host.GetText("echo-ecb", "/own"), StringComparison.Ordinal);
        Assert.Contains("null\n", Line(await host.GetText("echo-ecb", "/null")), StringComparison.Ordinal);
        Assert.Contains("other\n", Line(await host.GetText("echo-ecb", "/other")), StringComparison.Ordinal);

        static string Line(string text) => text.Split('\n').First(line => line.StartsWith("lpszPathTranslated=", StringComparison.Ordinal)) + "\n";
    }

    [Theory, Platforms]
    public async Task Every_request_that_maps_a_url_asks_the_filters(Platform platform)
    {
        await using var host = await HostProcess.Start(platform, new HostSettings { Filters = ["url-map"], Modules = ["map-url", "wide-urls"] });
        foreach (var module in (string[])["map-url", "wide-urls"])
        {
            var lines = (await host.GetText(module, "/moved")).Split('\n', StringSplitOptions.RemoveEmptyEntries);
            Assert.Equal(2, lines.Length);
            Assert.All(lines, line => Assert.EndsWith(" path=/elsewhere/file", line, StringComparison.Ordinal));
            Assert.DoesNotContain("elsewhere", await host.GetText(module, "/stays"), StringComparison.Ordinal);
        }
    }
}
