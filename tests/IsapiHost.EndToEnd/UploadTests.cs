using System.Globalization;
using System.Net;
using IsapiHost.EndToEnd.Hosting;
using IsapiHost.EndToEnd.Wire;

namespace IsapiHost.EndToEnd;

public sealed class UploadTests(SharedHosts hosts)
{
    private const int Preloaded = 49_152;

    [Theory]
    [Platforms(0)]
    [Platforms(1)]
    [Platforms(Preloaded - 1)]
    [Platforms(Preloaded)]
    [Platforms(Preloaded + 1)]
    [Platforms(10 * 1024 * 1024)]
    public async Task A_body_of_known_length_arrives_whole(Platform platform, int size)
    {
        var host = await hosts.Get(platform);
        var body = Checksum.Body(size);

        Assert.Equal(
            Invariant($"bytes={size} checksum={Checksum.Of(body)} total={size} available={Math.Min(size, Preloaded)}\n"),
            await Post(host, "", new ByteArrayContent(body)));
    }

    [Theory]
    [Platforms(0)]
    [Platforms(1)]
    [Platforms(Preloaded + 1)]
    [Platforms(10 * 1024 * 1024)]
    public async Task A_body_of_known_length_arrives_whole_over_http_2(Platform platform, int size)
    {
        var host = await hosts.GetHttp2(platform);
        var body = Checksum.Body(size);

        Assert.StartsWith(
            Invariant($"bytes={size} checksum={Checksum.Of(body)} total={size} "),
            await Post(host, "", new ByteArrayContent(body)), StringComparison.Ordinal);
    }

    [Theory, Platforms]
    public async Task Readclient_gives_no_more_than_its_buffer_holds(Platform platform)
    {
        var host = await hosts.Get(platform);
        var body = Checksum.Body(Preloaded + 10_000);

        Assert.Contains($"checksum={Checksum.Of(body)}", await Post(host, "?piece=7", new ByteArrayContent(body)), StringComparison.Ordinal);
    }

    [Theory]
    [Platforms(Preloaded + 1)]
    [Platforms(10 * 1024 * 1024)]
    public async Task A_chunked_body_arrives_whole_with_unknown_length(Platform platform, int size)
    {
        var host = await hosts.Get(platform);
        var body = Checksum.Body(size);
        using var stream = new MemoryStream(body);
        var content = new StreamContent(stream);
        content.Headers.ContentLength = null;

        var answer = await Post(host, "", content, chunked: true);

        Assert.StartsWith(Invariant($"bytes={size} checksum={Checksum.Of(body)} total=4294967295 "), answer, StringComparison.Ordinal);
    }

    [Theory, Platforms]
    public async Task A_short_chunked_body_arrives_whole(Platform platform)
    {
        var host = await hosts.Get(platform);
        using var connection = await RawConnection.Open(host.Address);

        await connection.Request(host.Url("checksum"), "POST", "HTTP/1.1", "Transfer-Encoding: chunked");
        await connection.Send("3\r\nabc\r\n");
        await connection.Send("2;extension=1\r\nde\r\n0\r\n\r\n");

        Assert.StartsWith($"bytes=5 checksum={Checksum.Of("abcde"u8)} ", (await connection.Read()).Text, StringComparison.Ordinal);
    }

    [Theory, Platforms]
    public async Task A_client_that_expects_100_continue_gets_it_before_the_body_is_needed(Platform platform)
    {
        var host = await hosts.Get(platform);
        using var connection = await RawConnection.Open(host.Address);

        await connection.Request(host.Url("checksum"), "POST", "HTTP/1.1", "Content-Length: 5", "Expect: 100-continue");
        var interim = await connection.Read();
        await connection.Send("abcde");

        Assert.Equal(100, interim.Status);
        Assert.StartsWith("bytes=5 ", (await connection.Read()).Text, StringComparison.Ordinal);
    }

    /// <summary>Kestrel takes the end of what a client sends for the end of the client: it answers no more, and nothing is left running.</summary>
    [Theory, Platforms]
    public async Task A_client_that_closes_its_half_is_taken_for_gone(Platform platform)
    {
        await using var host = await HostProcess.Start(platform, new HostSettings { Modules = ["checksum"] });
        using var connection = await RawConnection.Open(host.Address);

        await connection.Request(host.Url("checksum"), "POST", "HTTP/1.1", "Content-Length: 100000");
        await connection.Send(Checksum.Body(50_000));
        connection.HalfClose();
        await connection.ReadToEnd();

        await Eventually.Holds(async () => (await host.GetText("checksum", "?report")).StartsWith("running=0 ", StringComparison.Ordinal));
        Assert.Equal(0, await host.Stop());
    }

    [Theory, Platforms]
    public async Task What_an_extension_leaves_unread_does_not_disturb_the_next_request(Platform platform)
    {
        var host = await hosts.Get(platform);
        using var connection = await RawConnection.Open(host.Address);

        await connection.Request(host.Url("hello"), "POST", "HTTP/1.1", "Content-Length: 100000");
        await connection.Send(Checksum.Body(100_000));
        var first = await connection.Read();
        await connection.Request(host.Url("hello", "?name=again"));
        var second = await connection.Read();

        Assert.Equal(200, first.Status);
        Assert.StartsWith("Hello, again!", second.Text, StringComparison.Ordinal);
    }

    /// <summary>In a host of its own: it is stopped afterwards, and must end at once with nothing left running.</summary>
    [Theory, Platforms]
    public async Task Clients_killed_during_an_upload_leave_no_request_behind(Platform platform)
    {
        await using var host = await HostProcess.Start(platform, new HostSettings { Modules = ["checksum"] });

        var clients = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => RawConnection.Open(host.Address)));
        foreach (var client in clients)
        {
            await client.Request(host.Url("checksum"), "POST", "HTTP/1.1", "Content-Length: 10000000");
            await client.Send(Checksum.Body(500_000));
        }

        await Eventually.Holds(async () => await Report() == "running=20 broken=0\n");
        foreach (var (i, client) in clients.Index())
        {
            if (i % 2 == 0)
            {
                client.Reset();
            }

            client.Dispose();
        }

        await Eventually.Holds(async () => await Report() == "running=0 broken=20\n");
        Assert.Equal(0, await host.Stop());
        Assert.DoesNotContain("abandon", host.Output, StringComparison.OrdinalIgnoreCase);

        Task<string> Report() => host.GetText("checksum", "?report");
    }

    private static async Task<string> Post(HostProcess host, string query, HttpContent content, bool chunked = false)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, host.Url("checksum", query))
        {
            Content = content,
            Version = host.Client.DefaultRequestVersion,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };
        request.Headers.TransferEncodingChunked = chunked ? true : null;
        using var response = await host.Client.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return await response.Content.ReadAsStringAsync();
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
