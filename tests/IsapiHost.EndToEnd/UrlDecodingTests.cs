using System.Globalization;
using IsapiHost.EndToEnd.Hosting;

namespace IsapiHost.EndToEnd;

/// <summary>From the URL of a request line to SCRIPT_NAME and PATH_INFO: slashes and escapes.</summary>
public sealed class UrlDecodingTests
{
    // Of the code page: what follows the script in the URL, and PATH_INFO with one character for each byte.
    [Theory]
    [Platforms(1252, "/M%FCller", "/M\u00FCller")]
    [Platforms(1252, "/M%C3%BCller", "/M\u00FCller")]
    [Platforms(65001, "/M%FCller", "/M\u00C3\u00BCller")]
    [Platforms(65001, "/M%C3%BCller", "/M\u00C3\u00BCller")]
    [Platforms(932, "/%8F%5C", "/\u008F\\")]
    [Platforms(1252, "/%C3%BC/%FC", "/\u00C3\u00BC/\u00FC")] // One of them is not UTF-8, so none is.
    [Platforms(1252, "/%25FC", "/%FC")]
    [Platforms(1252, "/%FC%2F%25", "/\u00FC%2F%")]
    [Platforms(1252, "/a/%FC/../b", "/a/b")]
    [Platforms(1252, "/%C0%AE%C0%AE/b", "/\u00C0\u00AE\u00C0\u00AE/b")]
    [Platforms(1252, "//a///b//", "/a/b/")]
    public async Task A_path_is_decoded_once(Platform platform, int codePage, string rest, string pathInfo)
    {
        await using var host = await Start(platform, codePage);

        var response = await host.Ask(host.Url("variables", rest + "?PATH_INFO&SCRIPT_NAME"));

        Assert.Contains($"value={pathInfo}\n", response.Text, StringComparison.Ordinal);
        Assert.Contains($"value={host.Url("variables")}\n", response.Text, StringComparison.Ordinal);
    }

    [Theory, Platforms]
    public async Task Slashes_in_front_of_the_module_are_one(Platform platform)
    {
        await using var host = await Start(platform, 1252);

        foreach (var slashes in (string[])["/", "//"])
        {
            var response = await host.Ask(slashes + host.Url("variables", "//x?PATH_INFO&SCRIPT_NAME&HTTP_URL"));
            Assert.Contains("value=/x\n", response.Text, StringComparison.Ordinal);
            Assert.Contains($"value={host.Url("variables")}\n", response.Text, StringComparison.Ordinal);
            Assert.Contains($"value={slashes}{host.Url("variables")}//x?", response.Text, StringComparison.Ordinal);
        }
    }

    private static Task<HostProcess> Start(Platform platform, int codePage) => HostProcess.Start(platform, new HostSettings
    {
        Modules = ["variables"],
        Environment = new Dictionary<string, string> { ["Isapi__AnsiCodePage"] = codePage.ToString(CultureInfo.InvariantCulture) },
    });
}
