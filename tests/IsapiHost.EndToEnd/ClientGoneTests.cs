using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.RegularExpressions;
using IsapiHost.EndToEnd.Hosting;

namespace IsapiHost.EndToEnd;

/// <summary>A client that leaves is no error of the application: nothing at that level is logged, and no request stays behind.</summary>
public sealed partial class ClientGoneTests : IDisposable
{
    private const int Clients = 300;
    private const int AtOnce = 30;

    private readonly string _certificate = Path.Combine(Path.GetTempPath(), $"isapihost-{Guid.NewGuid():N}.pfx");

    public void Dispose() => File.Delete(_certificate);

    [Theory]
    [Platforms("")]
    [Platforms("log")]
    [Platforms("send-raw")]
    public async Task Uploads_that_are_cut_while_the_host_reads_ahead(Platform platform, string filter)
    {
        await using var host = await Start(platform, filter);

        await Storm(host.Address, secure: false, Upload(host, declared: 40_000, sent: 1_000));

        await AssertQuiet(host);
    }

    [Theory]
    [Platforms("")]
    [Platforms("log")]
    [Platforms("send-raw")]
    public async Task Uploads_that_are_cut_while_the_extension_reads(Platform platform, string filter)
    {
        await using var host = await Start(platform, filter);

        await Storm(host.Address, secure: false, Upload(host, declared: 200_000, sent: 60_000));

        await AssertQuiet(host);
    }

    [Theory]
    [Platforms("", 1)]
    [Platforms("", 0)]
    [Platforms("log", 1)]
    [Platforms("send-raw", 1)]
    [Platforms("send-raw", 0)]
    public async Task Downloads_that_are_left(Platform platform, string filter, int length)
    {
        await using var host = await Start(platform, filter);

        await Storm(host.Address, secure: false, Download(host, $"?megabytes=2&length={length}"), read: 20_000);

        await AssertQuiet(host);
    }

    [Theory]
    [Platforms("", 40_000, 1_000)]
    [Platforms("", 200_000, 60_000)]
    [Platforms("log", 200_000, 60_000)]
    [Platforms("send-raw", 200_000, 60_000)]
    public async Task Uploads_that_are_cut_behind_TLS(Platform platform, string filter, int declared, int sent)
    {
        Assert.SkipWhen(platform == Platform.Wine, "Wine 8 has no server side of TLS");
        await using var host = await Start(platform, filter, secure: true);

        await Storm(await SecureAddressOf(host), secure: true, Upload(host, declared, sent));

        await AssertQuiet(host);
    }

    [Theory]
    [Platforms("")]
    [Platforms("log")]
    [Platforms("send-raw")]
    public async Task Downloads_that_are_left_behind_TLS(Platform platform, string filter)
    {
        Assert.SkipWhen(platform == Platform.Wine, "Wine 8 has no server side of TLS");
        await using var host = await Start(platform, filter, secure: true);

        await Storm(await SecureAddressOf(host), secure: true, Download(host, "?megabytes=2&length=1"), read: 20_000);

        await AssertQuiet(host);
    }

    [Theory, Platforms]
    public async Task Downloads_that_are_left_on_HTTP_2(Platform platform)
    {
        await using var host = await HostProcess.Start(platform, new HostSettings { Modules = ["write-large", "hello"], Http2 = true });

        for (var i = 0; i < 100; i++)
        {
            using var response = await host.Client.GetAsync(
                new Uri(host.Url("write-large", "?megabytes=2&length=1"), UriKind.Relative),
                HttpCompletionOption.ResponseHeadersRead,
                TestContext.Current.CancellationToken);
        }

        await AssertQuiet(host);
    }

    private static byte[] Upload(HostProcess host, int declared, int sent) =>
        [.. Encoding.ASCII.GetBytes($"POST {host.Url("checksum")} HTTP/1.1\r\nHost: test.example\r\nContent-Length: {declared}\r\n\r\n"), .. new byte[sent]];

    private static byte[] Download(HostProcess host, string query) =>
        Encoding.ASCII.GetBytes($"GET {host.Url("write-large", query)} HTTP/1.1\r\nHost: test.example\r\n\r\n");

    private static async Task AssertQuiet(HostProcess host)
    {
        Assert.StartsWith("Hello", await host.GetText("hello"), StringComparison.Ordinal);
        Assert.Equal(0, await host.Stop());
        Assert.DoesNotContain("unhandled", host.Output, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("fail:", host.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("Exception", host.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("abandon", host.Output, StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>Many clients that send, read some bytes and are gone with a reset, some of them at once.</summary>
    private static Task Storm(Uri address, bool secure, byte[] bytes, int read = 0) =>
        Parallel.ForAsync(0, Clients, new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (number, cancellation) =>
        {
            using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true, ReceiveBufferSize = 16_384 };
            await socket.ConnectAsync(address.Host, address.Port, cancellation);
            await using var plain = new NetworkStream(socket);
            await using var stream = secure ? await Secure(plain) : plain;
            await stream.WriteAsync(bytes, cancellation);
            var buffer = new byte[4096];
            for (var left = read; left > 0;)
            {
                left -= await stream.ReadAsync(buffer, cancellation) is > 0 and var count ? count : left;
            }

            // Not all at the same stage of the request.
            await Task.Delay(number % 4, cancellation);
            socket.LingerState = new LingerOption(enable: true, seconds: 0);
            socket.Close();
        });

    private static async Task<Stream> Secure(Stream plain)
    {
        var stream = new SslStream(plain, leaveInnerStreamOpen: false, (_, certificate, _, _) => certificate?.Subject == "CN=gone");
        await stream.AuthenticateAsClientAsync("gone");
        return stream;
    }

    private static async Task<Uri> SecureAddressOf(HostProcess host)
    {
        await Eventually.Holds(() => Task.FromResult(SecureAddress().IsMatch(host.Output)));
        return new Uri(SecureAddress().Match(host.Output).Groups[1].Value.TrimEnd());
    }

    [GeneratedRegex(@"Now listening on: (https://\S+)")]
    private static partial Regex SecureAddress();

    private Task<HostProcess> Start(Platform platform, string filter, bool secure = false)
    {
        var settings = new HostSettings { Modules = ["checksum", "write-large", "hello"], Filters = filter.Length == 0 ? [] : [filter] };
        if (secure)
        {
            using var key = RSA.Create(2048);
            var request = new CertificateRequest("CN=gone", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
            using var certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(30));
            File.WriteAllBytes(_certificate, certificate.Export(X509ContentType.Pfx, "test"));
            settings = settings with
            {
                Options = ["--urls", "https://127.0.0.1:0"],
                Environment = new Dictionary<string, string>
                {
                    ["Kestrel__Certificates__Default__Path"] = _certificate,
                    ["Kestrel__Certificates__Default__Password"] = "test",
                },
            };
        }

        return HostProcess.Start(platform, settings);
    }
}
