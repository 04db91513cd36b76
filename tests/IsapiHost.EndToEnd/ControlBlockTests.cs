using System.Text;
using IsapiHost.EndToEnd.Hosting;

namespace IsapiHost.EndToEnd;

public sealed class ControlBlockTests(SharedHosts hosts)
{
    [Theory, Platforms]
    public async Task Every_member_is_filled_for_a_request_without_a_body(Platform platform)
    {
        var host = await hosts.Get(platform);

        var block = await Read(await host.Get("echo-ecb", "/extra/path?a=1&b=%20"));

        Assert.Equal(block["sizeof"], block["cbSize"]);
        Assert.Equal("00080000", block["dwVersion"]);
        Assert.Equal("set", block["ConnID"]);
        Assert.Equal("200", block["dwHttpStatusCode"]);
        Assert.Equal("", block["lpszLogData"]);
        Assert.Equal("GET", block["lpszMethod"]);
        Assert.Equal("a=1&b=%20", block["lpszQueryString"]);
        Assert.Equal("/extra/path", block["lpszPathInfo"]);
        Assert.Equal(HostCommand.PathFor(platform, hosts.Root + "/extra/path"), block["lpszPathTranslated"]);
        Assert.Equal("0", block["cbTotalBytes"]);
        Assert.Equal("0", block["cbAvailable"]);
        Assert.Equal("", block["lpszContentType"]);
    }

    [Theory, Platforms]
    public async Task A_body_is_preloaded_and_ends_with_a_nul(Platform platform)
    {
        var host = await hosts.Get(platform);
        using var body = new StringContent("the body", Encoding.UTF8, "text/xml");

        var block = await Read(await host.Client.PostAsync(
            new Uri(host.Url("echo-ecb"), UriKind.Relative), body, TestContext.Current.CancellationToken));

        Assert.Equal("POST", block["lpszMethod"]);
        Assert.Equal("8", block["cbTotalBytes"]);
        Assert.Equal("8", block["cbAvailable"]);
        Assert.Equal("the body", block["lpbData"]);
        Assert.Equal("1", block["nulAfterData"]);
        Assert.Equal("text/xml; charset=utf-8", block["lpszContentType"]);
    }

    [Theory, Platforms]
    public async Task A_script_map_gives_the_whole_path_as_path_info(Platform platform)
    {
        var host = await hosts.Get(platform);

        var block = await Read(await host.Client.GetAsync(
            new Uri("/folder/page.abc?x", UriKind.Relative), TestContext.Current.CancellationToken));

        Assert.Equal("/folder/page.abc", block["lpszPathInfo"]);
        Assert.Equal(HostCommand.PathFor(platform, hosts.Root + "/folder/page.abc"), block["lpszPathTranslated"]);
        Assert.Equal("x", block["lpszQueryString"]);
    }

    [Theory, Platforms]
    public async Task A_prefix_leads_to_its_module(Platform platform)
    {
        var host = await hosts.Get(platform);

        var block = await Read(await host.Client.GetAsync(
            new Uri("/prefix/below/it?x", UriKind.Relative), TestContext.Current.CancellationToken));

        Assert.Equal("GET", block["lpszMethod"]);
        Assert.EndsWith("/below/it", block["lpszPathInfo"], StringComparison.Ordinal);
    }

    private static async Task<Dictionary<string, string>> Read(HttpResponseMessage response)
    {
        using (response)
        {
            var text = await response.EnsureSuccessStatusCode().Content.ReadAsStringAsync();
            return text.Split('\n', StringSplitOptions.RemoveEmptyEntries)
                .Select(line => line.Split('=', 2))
                .ToDictionary(pair => pair[0], pair => pair[1]);
        }
    }
}
