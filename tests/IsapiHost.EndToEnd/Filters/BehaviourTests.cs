using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using IsapiHost.EndToEnd.Hosting;
using IsapiHost.EndToEnd.Wire;

namespace IsapiHost.EndToEnd.Filters;

/// <summary>What filters can do to requests and responses, and what they cannot.</summary>
public sealed class BehaviourTests
{
    [Theory, Platforms]
    public async Task A_filter_answers_by_itself(Platform platform)
    {
        await using var host = await Start(platform, "answers", "hello");

        var finished = await host.Ask("/finished");
        Assert.Equal((403, "first second\n", "yes"), (finished.Status, finished.Text, finished.Value("X-Filter")));

        var added = await host.Ask("/added");
        Assert.Equal((502, "<p>error", "1"), (added.Status, added.Text, added.Value("X-Added")));
        Assert.Equal("text/html", added.Value("Content-Type"));

        var raw = await host.Ask("/raw");
        Assert.Equal((299, "raw\n"), (raw.Status, raw.Text));

        Assert.Equal("ok", (await host.Ask("/default-status")).Text);
        Assert.StartsWith("Hello", await host.GetText("hello"), StringComparison.Ordinal);
    }

    [Theory, Platforms]
    public async Task The_connection_is_kept_only_when_the_filter_says_so(Platform platform)
    {
        await using var host = await Start(platform, "answers");

        using var connection = await RawConnection.Open(host.Address);
        for (var i = 0; i < 3; i++)
        {
            await connection.Request("/kept");
            Assert.Equal("kept\n", (await connection.Read()).Text);
        }

        await connection.Request("/finished");
        await connection.Read();
        Assert.True(await connection.IsClosed());

        using var other = await RawConnection.Open(host.Address);
        await other.Request("/nothing");
        Assert.True(await other.IsClosed());
    }

    [Theory, Platforms]
    public async Task A_filter_answers_over_http_2(Platform platform)
    {
        await using var host = await HostProcess.Start(platform, new HostSettings { Filters = ["answers"], Http2 = true });

        using var finished = await host.Client.GetAsync(new Uri("/finished", UriKind.Relative), TestContext.Current.CancellationToken);

        Assert.Equal(403, (int)finished.StatusCode);
        Assert.Equal("first second\n", await finished.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        using var raw = await host.Client.GetAsync(new Uri("/raw", UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.Equal(299, (int)raw.StatusCode);
    }

    [Theory, Platforms]
    public async Task An_error_becomes_a_status_and_an_unknown_return_value_is_tolerated(Platform platform)
    {
        await using var host = await Start(platform, "returns");

        Assert.Equal(403, (await host.Ask("/error/5")).Status);
        Assert.Equal(500, (await host.Ask("/error/2")).Status);
        Assert.Equal(404, (await host.Ask("/code/deadbeef")).Status);
        Assert.Equal(404, (await host.Ask("/code/1")).Status);
        Assert.Equal(404, (await host.Ask("/code/08000005")).Status);
        Assert.Equal(0, await host.Stop());
        Assert.Single(host.Output.Split('\n'), line => line.Contains("no SF_STATUS_REQ_ value", StringComparison.Ordinal));
    }

    [Theory, Platforms]
    public async Task A_rewritten_url_leads_to_its_own_extension_with_changed_headers(Platform platform)
    {
        await using var host = await Start(platform, "headers", "variables");

        var response = await host.Ask(
            "/rewrite?HTTP_X_ORIGINAL_PATH&HTTP_X_TWICE&HTTP_X_REMOVE&REQUEST_METHOD&QUERY_STRING&UNENCODED_URL&HTTP_URL", "X-Remove: there");

        Assert.Contains("value=/rewrite?HTTP_X_ORIGINAL_PATH&", response.Text, StringComparison.Ordinal);
        Assert.Contains("value=1, 2\n", response.Text, StringComparison.Ordinal);
        Assert.Contains("HTTP_X_REMOVE result=0", response.Text, StringComparison.Ordinal);
        Assert.Contains("value=REPORT\n", response.Text, StringComparison.Ordinal);
        Assert.Matches(@"UNENCODED_URL [^\n]*value=/rewrite\?HTTP", response.Text);
        Assert.Matches(@"HTTP_URL [^\n]*value=/variables\.(so|dll)\?HTTP", response.Text);
    }

    [Theory, Platforms]
    public async Task A_response_head_is_changed_and_nothing_is_smuggled_into_it(Platform platform)
    {
        await using var host = await Start(platform, "headers", "hello");

        var response = await host.Ask(host.Url("hello"));

        Assert.Equal(203, response.Status);
        Assert.Contains("203 Filtered", response.Head, StringComparison.Ordinal);
        Assert.Equal(["two"], response.Values("X-Replaced"));
        Assert.Equal(["a", "b"], response.Values("X-More"));
        Assert.Equal("200", response.Value("X-HttpStatus"));
        Assert.Null(response.Value("Content-Type"));
        Assert.DoesNotContain("Injected", response.Head, StringComparison.Ordinal);
        Assert.StartsWith("Hello", response.Text, StringComparison.Ordinal);
    }

    [Theory]
    [Platforms("url", 3, "1 0 3 /x")]
    [Platforms("url", 2, "0 122 3 ")]
    [Platforms("version", 20, "1 0 9 HTTP/1.1")]
    [Platforms("method", 4, "1 0 4 GET")]
    [Platforms("Absent:", 20, "0 1413 20 ")]
    [Platforms("host", 20, "0 87 20 ")]
    public async Task Get_header_counts_the_nul(Platform platform, string name, int size, string expected)
    {
        await using var host = await Start(platform, "headers");

        Assert.Equal(expected + "\n", (await host.Ask("/x", $"X-Probe: {name}", $"X-Size: {size}")).Text);
    }

    [Theory, Platforms]
    public async Task Every_request_of_server_support_function_is_answered(Platform platform)
    {
        await using var host = await Start(platform, "support");

        var text = (await host.Ask("/support")).Text;

        Assert.Equal(
            "SET_NEXT_READ_SIZE 1 0 \nSET_PROXY_INFO 1 0 \nGET_CONNID 0 50 \nSET_CERTIFICATE_INFO 0 50 \nSSL_CTXT 0 87 \n"
                + "INSTANCE_NUM_ID 1 0 1\nNORMALIZE_URL 1 0 /bA/c\nUNKNOWN 0 87 \nSERVER_PORT 1 0 set\nSCRIPT_NAME 0 232 \nSMALL 0 122 \n"
                + "ALLOC_TOO_MUCH 0 8 \n",
            text);
        Assert.Equal("1\n", (await host.Ask("/responses")).Text);
        await host.Ask("/disable");
        Assert.Equal("2\n", (await host.Ask("/responses")).Text);
    }

    [Theory, Platforms]
    public async Task Priorities_order_requests_and_reverse_sent_bytes(Platform platform)
    {
        await using var host = await HostProcess.Start(platform, new HostSettings
        {
            Filters = ["order-low", "order-high", "order-medium", "order-default"],
            Modules = ["variables"],
        });

        Assert.Contains("value=HMLD\n", await host.GetText("variables", "?HTTP_X_ORDER"), StringComparison.Ordinal);

        // WriteClient: the caller, its equals and those above it.
        Assert.Equal("H@@@", (await host.Ask("/answer-H")).Text);
        Assert.Equal("MH@@", (await host.Ask("/answer-M")).Text);
        Assert.Equal("DLMH", (await host.Ask("/answer-L")).Text);
    }

    [Theory, Platforms]
    public async Task Filters_without_a_priority_come_first_by_option(Platform platform)
    {
        await using var host = await HostProcess.Start(platform, new HostSettings
        {
            Filters = ["order-high", "order-default"],
            Modules = ["variables"],
            Environment = new Dictionary<string, string> { ["Isapi__Filtering__WithoutPriorityFirst"] = "true" },
        });

        Assert.Contains("value=DH\n", await host.GetText("variables", "?HTTP_X_ORDER"), StringComparison.Ordinal);
    }

    [Theory]
    [Platforms("user:secret", "mapped")]
    [Platforms("plain:secret", "plain")]
    [Platforms("other:any", "")]
    public async Task A_login_counts_when_a_filter_mapped_or_handled_it(Platform platform, string credentials, string user)
    {
        await using var host = await Start(platform, "login", "variables");

        var response = await host.Ask(host.Url("variables", "?LOGON_USER&UNMAPPED_REMOTE_USER"), BasicLogin.Line(credentials));

        Assert.Matches($@"LOGON_USER [^\n]*value={user}\n", response.Text);
        Assert.Matches($@"UNMAPPED_REMOTE_USER [^\n]*value={credentials.Split(':')[0]}\n", response.Text);
    }

    [Theory, Platforms]
    public async Task A_refused_login_gets_the_headers_of_the_filter(Platform platform)
    {
        await using var host = await Start(platform, "login");

        var denied = await host.Ask("/any", BasicLogin.Line("bad:x"));
        Assert.Equal((401, "Basic realm=\"filter\"", "1"), (denied.Status, denied.Value("WWW-Authenticate"), denied.Value("X-Denied")));

        var replaced = await host.Ask("/replaced", BasicLogin.Line("bad:x"));
        Assert.Equal((302, "log in elsewhere\n"), (replaced.Status, replaced.Text));
    }

    [Theory, Platforms]
    public async Task Bytes_are_changed_in_both_directions(Platform platform)
    {
        await using var host = await Start(platform, "body", "hello", "variables");

        Assert.StartsWith("Hello, HELLO!", await host.GetText("hello", "?name=hello"), StringComparison.Ordinal);
        Assert.Contains("value=public\n", (await host.Ask(host.Url("variables", "?HTTP_X"), "X: secret")).Text, StringComparison.Ordinal);
        using var grown = await RawConnection.Open(host.Address);
        await grown.Request(host.Url("hello", "?name=[grow]"), lines: "Connection: close");
        Assert.Contains(new string('+', 100) + "[grow]!", Encoding.Latin1.GetString(await grown.ReadToEnd()), StringComparison.Ordinal);
        using var swallowed = await RawConnection.Open(host.Address);
        await swallowed.Request(host.Url("hello", "?name=[swallow]"), lines: "Connection: close");

        // The head is a block of its own, and goes out.
        var rest = Encoding.Latin1.GetString(await swallowed.ReadToEnd());
        Assert.StartsWith("HTTP/1.1 200 ", rest, StringComparison.Ordinal);
        Assert.EndsWith("\r\n\r\n", rest, StringComparison.Ordinal);
        Assert.DoesNotContain("[swallow]", rest, StringComparison.Ordinal);
    }

    [Theory, Platforms]
    public async Task Bytes_are_held_back_until_the_filter_has_enough(Platform platform)
    {
        await using var host = await Start(platform, "read-next");
        await host.Ask("/warm");

        using var connection = await RawConnection.Open(host.Address);
        await connection.Send("GET / HTTP/1.1\r\nHo");
        await Task.Delay(500, TestContext.Current.CancellationToken);
        await connection.Send("st: x\r\n");
        await Task.Delay(500, TestContext.Current.CancellationToken);
        await connection.Send("\r\n");
        var reads = (await connection.Read()).Text.Split(' ')[1].Trim();

        // How the pieces reach the host is not ours to say; that they came in one is next to impossible.
        Assert.InRange(int.Parse(reads, CultureInfo.InvariantCulture), 2, 12);
    }

    [Theory, Platforms]
    public async Task Two_filters_that_hold_bytes_back_get_what_each_needs(Platform platform)
    {
        await using var host = await HostProcess.Start(platform, new HostSettings { Filters = ["read-next", "read-next-line"] });

        using var connection = await RawConnection.Open(host.Address);
        foreach (var piece in (string[])["GET / HT", "TP/1.1\r\nHost: ", "x\r\n\r\n"])
        {
            await connection.Send(piece);
            await Task.Delay(300, TestContext.Current.CancellationToken);
        }

        var response = await connection.Read();
        var line = int.Parse(response.Value("X-Line-Reads")!, CultureInfo.InvariantCulture);
        var head = int.Parse(response.Text.Split(' ')[1].Trim(), CultureInfo.InvariantCulture);

        // Each block goes through both from the first one on; the second gets nothing until the first lets it through.
        Assert.InRange(head, 1, line);
    }

    [Theory, Platforms]
    public async Task A_filter_sends_what_it_has_collected_at_the_end_of_the_request(Platform platform)
    {
        await using var host = await Start(platform, "end-writer", "hello");

        using var connection = await RawConnection.Open(host.Address);
        for (var i = 0; i < 3; i++)
        {
            await connection.Request(host.Url("hello"));
            Assert.StartsWith("Hello, stranger!", (await connection.Read()).Text, StringComparison.Ordinal);
        }
    }

    [Theory, Platforms]
    public async Task A_filter_maps_urls(Platform platform)
    {
        await using var host = await Start(platform, "url-map", "echo-ecb", "map-url");

        Assert.Contains("lpszPathTranslated=/elsewhere/file\n", await host.GetText("echo-ecb", "/moved"), StringComparison.Ordinal);
        Assert.DoesNotContain("elsewhere", await host.GetText("echo-ecb", "/stays"), StringComparison.Ordinal);
        Assert.Contains("path=/elsewhere/file\n", await host.GetText("map-url", "/moved"), StringComparison.Ordinal);
    }

    [Theory, Platforms]
    public async Task A_filter_takes_requests_to_its_own_extension_and_tells_it_the_original(Platform platform)
    {
        await using var host = await Start(platform, "tomcat", "filters/tomcat");
        var path = "/app/" + new string('p', 4_000) + "%20x";
        var query = new string('q', 3_000);

        for (var i = 0; i < 2; i++)
        {
            var lines = (await host.Ask($"{path}?{query}", "TOMCATURI00007F00: forged")).Text.Split('\n');

            Assert.Equal("HTTP_TOMCATURI00007F00=" + path, lines[0]);
            Assert.Equal("HTTP_TOMCATQUERY00007F00=" + query, lines[1]);
            Assert.Equal("HTTP_TOMCATWORKER00007F00=worker1", lines[2]);
            Assert.Equal("HTTP_URL=" + host.Url("tomcat"), lines[3]);
            Assert.Equal($"UNENCODED_URL={path}?{query}", lines[4]);
            Assert.Equal("SCRIPT_NAME=" + host.Url("tomcat"), lines[5]);
        }

        // A forged header of a request that the filter does not take is removed all the same.
        Assert.Contains("HTTP_TOMCATURI00007F00=\n", (await host.Ask(host.Url("tomcat"), "TOMCATURI00007F00: forged")).Text, StringComparison.Ordinal);
    }

    [Theory, Platforms]
    public async Task Callbacks_at_the_wrong_time_are_refused(Platform platform)
    {
        await using var host = await Start(platform, "bad-calls", "filters/bad-calls");

        for (var i = 0; i < 20; i++)
        {
            Assert.Equal(200, (await host.Ask(host.Url("bad-calls"))).Status);
        }

        // Each look is one more connection that ends, so there may be more than twenty by now.
        await Eventually.Holds(async () => Regex.IsMatch(await host.GetText("bad-calls"), "^unexpected=0 stale=[2-6][0-9] "));
        Assert.Equal(0, await host.Stop());
    }

    [Theory, Platforms]
    public async Task A_filter_that_refuses_to_start_stops_the_host(Platform platform)
    {
        var (exitCode, output) = await HostProcess.Run(
            platform, "--filter", HostCommand.PathFor(platform, Path.Combine(Repository.Modules(platform), "filters", HostCommand.ModuleFile(platform, "refuses"))));

        Assert.Equal(3, exitCode);
        Assert.Contains("GetFilterVersion returned FALSE (last error 2)", output, StringComparison.Ordinal);
        Assert.Equal(platform == Platform.Wine, output.Contains("MajorVersion", StringComparison.Ordinal));
    }

    private static Task<HostProcess> Start(Platform platform, string filter, params string[] modules) =>
        HostProcess.Start(platform, new HostSettings { Filters = [filter], Modules = modules });
}
