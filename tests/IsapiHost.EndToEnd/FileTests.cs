using System.Globalization;
using System.Text;
using IsapiHost.EndToEnd.Hosting;
using IsapiHost.EndToEnd.Wire;

namespace IsapiHost.EndToEnd;

/// <summary>TRANSMIT_FILE and VECTOR_SEND.</summary>
public sealed class FileTests
{
    private const string Small = "0123456789";

    [Theory, Platforms]
    public async Task A_file_is_sent_with_what_stands_around_it(Platform platform)
    {
        await using var host = await Start(platform, Encoding.ASCII.GetBytes(Small));

        Assert.Equal(Small, await host.GetText("transmit-file"));
        Assert.Equal("<<0123456789>>", await host.GetText("transmit-file", "?head&tail"));
        Assert.Equal("<<0123456789>>", await host.GetText("transmit-file", "?head&tail&sync"));
        Assert.Equal("<<0123456789>>", await host.GetText("transmit-file", "?head&tail&raw-head"));
        Assert.Equal("<<0123456789>>", await host.GetText("transmit-file", "?head&tail&no-length"));
        Assert.Equal("<<234>>", await host.GetText("transmit-file", "?head&tail&offset=2&length=3"));
        Assert.Equal("3456789", await host.GetText("transmit-file", "?offset=3&registered"));
        Assert.Equal("456789", await host.GetText("transmit-file", "?offset=4&sync&disconnect"));
    }

    [Theory]
    [Platforms("?no-callback", "87")]
    [Platforms("?bad=closed", "6")]
    [Platforms("?bad=pipe", "87")]
    [Platforms("?bad=directory", "87")]
    [Platforms("?bad=past-end", "10022")]
    [Platforms("?bad=too-long", "38")]
    public async Task What_cannot_be_sent_is_refused_and_the_extension_may_answer_itself(Platform platform, string query, string error)
    {
        await using var host = await Start(platform, Encoding.ASCII.GetBytes(Small));

        Assert.Equal("error=" + error, await host.GetText("transmit-file", query));
    }

    [Theory]
    [Platforms("")]
    [Platforms("?no-length")]
    [Platforms("?head&tail&raw-head")]
    public async Task A_large_file_arrives_whole_and_the_connection_stays(Platform platform, string query)
    {
        var bytes = Checksum.Body(20_000_000);
        await using var host = await Start(platform, bytes);
        using var connection = await RawConnection.Open(host.Address);

        for (var i = 0; i < 2; i++)
        {
            await connection.Request(host.Url("transmit-file", query));
            var body = (await connection.Read()).Body;

            Assert.Equal(Checksum.Of(bytes), Checksum.Of(query.Contains("head&", StringComparison.Ordinal) ? body.AsSpan(2..^2) : body));
        }
    }

    [Theory]
    [Platforms("true")]
    [Platforms("false")]
    public async Task A_file_arrives_whole_from_any_handle_with_and_without_the_kernel(Platform platform, string kernel)
    {
        var bytes = Checksum.Body(3_000_000);
        await using var host = await Start(platform, bytes, kernel: kernel);

        foreach (var query in new[] { "", "?ordinary", "?ordinary&sync", "?kept", "?kept", "?kept&sync", "?kept" })
        {
            using var response = await host.Get("transmit-file", query);
            Assert.Equal(Checksum.Of(bytes), Checksum.Of(await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken)));
        }
    }

    [Theory]
    [Platforms("true")]
    [Platforms("false")]
    public async Task What_the_extension_reads_next_from_its_file_does_not_change(Platform platform, string kernel)
    {
        await using var host = await Start(platform, Encoding.ASCII.GetBytes(Small), kernel: kernel);

        Assert.Equal("56789 1 0 1", await host.GetText("transmit-file", "?pointer"));
    }

    [Theory]
    [Platforms("true", "")]
    [Platforms("true", "&async")]
    [Platforms("false", "")]
    public async Task A_range_beyond_4_gigabytes_is_sent_by_a_vector(Platform platform, string kernel, string async)
    {
        const long Offset = (1L << 32) + 100;
        await using var host = await Start(platform, Encoding.ASCII.GetBytes(Small), offset: Offset, kernel: kernel);

        var variant = async.Length == 0 ? "all" : "async";
        Assert.Equal("hello 23456 bye", await host.GetText("vector-send", FormattableString.Invariant($"?{variant}&offset={Offset + 2}&size=5")));
    }

    /// <summary>Wine tells which functions of Windows are called; on Linux strace shows it, see benchmarks/README.md.</summary>
    [Theory]
    [InlineData("true")]
    [InlineData("false")]
    public async Task Files_go_by_TransmitFile_if_the_setting_says_so(string kernel)
    {
        Assert.SkipWhen(HostCommand.WhyNot(Platform.Wine) is not null, "needs Wine");
        await using var host = await Start(Platform.Wine, Checksum.Body(300_000), kernel: kernel, trace: "+winsock");

        Assert.Equal(300_000, (await host.Client.GetByteArrayAsync(
            new Uri(host.Url("transmit-file", "?ordinary"), UriKind.Relative), TestContext.Current.CancellationToken)).Length);
        Assert.Equal(0, await host.Stop());
        Assert.Equal(kernel == "true", host.Output.Contains("TransmitFile socket", StringComparison.Ordinal));
    }

    [Theory, Platforms]
    public async Task A_large_file_arrives_whole_over_http_2(Platform platform)
    {
        var bytes = Checksum.Body(5_000_000);
        await using var host = await Start(platform, bytes, http2: true);

        var body = await host.Client.GetByteArrayAsync(
            new Uri(host.Url("transmit-file"), UriKind.Relative), TestContext.Current.CancellationToken);

        Assert.Equal(Checksum.Of(bytes), Checksum.Of(body));
    }

    [Theory, Platforms]
    public async Task After_a_disconnecting_send_the_answer_has_its_length_and_the_connection_ends(Platform platform)
    {
        await using var host = await Start(platform, Encoding.ASCII.GetBytes(Small));
        using var connection = await RawConnection.Open(host.Address);

        await connection.Request(host.Url("transmit-file", "?no-length&disconnect"));
        var response = await connection.Read();

        Assert.Equal(Small, response.Text);
        Assert.Equal(Small.Length.ToString(CultureInfo.InvariantCulture), response.Value("Content-Length"));
        Assert.Equal("close", response.Value("Connection"));
        Assert.True(await connection.IsClosed());
    }

    [Theory]
    [Platforms("true")]
    [Platforms("false")]
    public async Task A_client_that_leaves_during_a_file_gives_one_completion(Platform platform, string kernel)
    {
        await using var host = await Start(platform, Checksum.Body(50_000_000), kernel: kernel);
        for (var i = 0; i < 5; i++)
        {
            using var connection = await RawConnection.Open(host.Address, receiveBuffer: 16_384);
            await connection.Request(host.Url("transmit-file"));
            await connection.ReadExactly(100_000);
            connection.Reset();
        }

        Assert.Equal(0, await host.Stop());
        Assert.DoesNotContain("abandon", host.Output, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [Platforms("all")]
    [Platforms("async")]
    public async Task A_vector_mixes_memory_and_ranges_of_files(Platform platform, string variant)
    {
        await using var host = await Start(platform, Encoding.ASCII.GetBytes(Small));

        Assert.Equal("hello 0123456789 bye", await host.GetText("vector-send", "?" + variant));
        Assert.Equal("hello 345 bye", await host.GetText("vector-send", $"?{variant}&offset=3&size=3"));
        Assert.Equal("hello 789 bye", await host.GetText("vector-send", $"?{variant}&offset=7"));
    }

    [Theory, Platforms]
    public async Task Chunks_that_an_extension_sends_in_vectors_are_not_framed_again(Platform platform)
    {
        await using var host = await Start(platform, Encoding.ASCII.GetBytes(Small));

        Assert.Equal("hellohello", await host.GetText("vector-send", "?chunks"));
    }

    [Theory]
    [Platforms("both")]
    [Platforms("head-missing")]
    [Platforms("head-unasked")]
    [Platforms("empty")]
    [Platforms("type")]
    public async Task A_vector_that_contradicts_itself_is_refused(Platform platform, string variant)
    {
        await using var host = await Start(platform, Encoding.ASCII.GetBytes(Small));

        Assert.Equal("0/87", await host.GetText("vector-send", "?" + variant));
    }

    [Theory, Platforms]
    public async Task Nothing_can_follow_a_final_send(Platform platform)
    {
        await using var host = await Start(platform, Encoding.ASCII.GetBytes(Small));

        Assert.Equal("hello ", await host.GetText("vector-send", "?after-final"));
    }

    private static async Task<HostProcess> Start(
        Platform platform, byte[] content, bool http2 = false, long offset = 0, string kernel = "true", string trace = "-all")
    {
        var folder = Directory.CreateTempSubdirectory("isapihost-file-");
        var file = Path.Combine(folder.FullName, "content.bin");
        await using (var stream = File.Create(file))
        {
            stream.Position = offset;
            await stream.WriteAsync(content);
        }

        return await HostProcess.Start(platform, new HostSettings
        {
            Modules = ["transmit-file", "vector-send"],
            Environment = new Dictionary<string, string>
            {
                ["TEST_FILE"] = HostCommand.PathFor(platform, file),
                ["ISAPI__RESPONSES__KERNELFILETRANSFER"] = kernel,
                ["WINEDEBUG"] = trace,
            },
            Http2 = http2,
        });
    }
}
