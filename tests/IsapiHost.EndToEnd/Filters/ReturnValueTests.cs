using System.Text;
using IsapiHost.EndToEnd.Hosting;
using IsapiHost.EndToEnd.Wire;

namespace IsapiHost.EndToEnd.Filters;

/// <summary>What each return value does in each notification.</summary>
public sealed class ReturnValueTests
{
    private const string Finished = "8000000";
    private const string FinishedKeepConnection = "8000001";
    private const string Handled = "8000003";
    private const string Error = "8000004";
    private const string ReadNext = "8000005";
    private const string Unknown = "deadbeef";

    // Notification, and what the client gets for FINISHED, ERROR and all others; empty where the connection ends without a byte.
    [Theory]
    [Platforms("4000", "", "403", "200")] // PREPROC_HEADERS
    [Platforms("1000", "", "403", "200")] // URL_MAP
    [Platforms("2000", "", "401", "200")] // AUTHENTICATION
    [Platforms("4000000", "", "403", "200")] // AUTH_COMPLETE
    [Platforms("800", "", "403", "401")] // ACCESS_DENIED
    [Platforms("40", "", "", "200")] // SEND_RESPONSE
    [Platforms("400", "", "", "200")] // SEND_RAW_DATA
    [Platforms("80", "200", "200", "200")] // END_OF_REQUEST
    [Platforms("200", "200", "200", "200")] // LOG
    [Platforms("100", "200", "200", "200")] // END_OF_NET_SESSION
    public async Task A_value_does_what_it_means_there(Platform platform, string notification, string finished, string error, string others)
    {
        await using var host = await Start(platform);

        Assert.Equal(finished, await StatusAfter(host, notification, Finished));
        Assert.Equal(finished, await StatusAfter(host, notification, FinishedKeepConnection));
        Assert.Equal(error, await StatusAfter(host, notification, Error));
        Assert.Equal(others, await StatusAfter(host, notification, Handled));
        Assert.Equal(others, await StatusAfter(host, notification, ReadNext));
        Assert.Equal(others, await StatusAfter(host, notification, Unknown));
        Assert.Equal("hello\n", await host.GetText("sequence"));
        Assert.Equal(0, await host.Stop());
    }

    [Theory, Platforms]
    public async Task Reading_ends_where_a_filter_wants_it(Platform platform)
    {
        await using var host = await Start(platform);

        Assert.Equal("", await StatusAfter(host, "8000", Finished));
        Assert.Equal("", await StatusAfter(host, "8000", FinishedKeepConnection));
        Assert.Equal("", await StatusAfter(host, "8000", Error));
        Assert.Equal("200", await StatusAfter(host, "8000", Handled));
        Assert.Equal("200", await StatusAfter(host, "8000", Unknown));
        Assert.Equal(0, await host.Stop());
    }

    private static Task<HostProcess> Start(Platform platform) =>
        HostProcess.Start(platform, new HostSettings { Filters = ["returns-at"], Modules = ["filters/sequence"] });

    private static async Task<string> StatusAfter(HostProcess host, string notification, string value)
    {
        using var connection = await RawConnection.Open(host.Address);
        var query = notification == "800" ? "?deny" : "";
        await connection.Request(host.Url("sequence", $"/at/{notification}/{value}{query}"), lines: "Connection: close");
        var answer = Encoding.Latin1.GetString(await connection.ReadToEnd());
        return answer.Length == 0 ? "" : answer.Split(' ')[1];
    }
}
