using System.Diagnostics;
using System.Net;
using IsapiHost.EndToEnd.Hosting;

namespace IsapiHost.EndToEnd;

/// <summary>A disk without room, made of a file system of 64 KiB in memory.</summary>
public sealed class FullDiskTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("isapihost-full-");
    private readonly bool _isMounted;

    public FullDiskTests()
    {
        _isMounted = OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess && Run("mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", _folder.FullName);
        Assert.SkipUnless(_isMounted, "a small file system can be mounted by root only, and not in every container");
    }

    public void Dispose()
    {
        if (_isMounted)
        {
            Run("umount", "--lazy", _folder.FullName);
        }

        _folder.Delete(recursive: true);
    }

    [Theory, Platforms]
    public async Task Traces_that_cannot_be_written_leave_nothing_behind(Platform platform)
    {
        await using var host = await HostProcess.Start(platform, new HostSettings
        {
            Modules = ["hello"],
            Options = ["--trace", HostCommand.PathFor(platform, _folder.FullName)],
        });

        for (var i = 0; i < 40; i++)
        {
            Assert.StartsWith("Hello", await host.GetText("hello"), StringComparison.Ordinal);
        }

        Assert.Equal(0, await host.Stop());
        Assert.NotEmpty(_folder.GetFiles("*.json"));
        Assert.Empty(_folder.GetFiles("*.part"));
        Assert.Equal(1, host.Output.Split("No trace can be written").Length - 1);
    }

    [Theory, Platforms]
    public async Task An_upload_that_cannot_be_kept_gets_500_and_a_line_in_the_log(Platform platform)
    {
        Assert.SkipWhen(platform == Platform.Wine, "Wine takes the folder for temporary files from its registry, whatever TMP says");
        await using var host = await HostProcess.Start(platform, new HostSettings
        {
            Modules = ["checksum"],
            Environment = new Dictionary<string, string>
            {
                ["ISAPI__UPLOADS__SPOOLCHUNKED"] = "true",
                ["TMPDIR"] = _folder.FullName,
                ["DOTNET_BUNDLE_EXTRACT_BASE_DIR"] = Path.GetTempPath(),
                ["DOTNET_EnableDiagnostics"] = "0",
            },
        });

        for (var i = 0; i < 3; i++)
        {
            using var large = await Post(host, 1_000_000);
            Assert.Equal(HttpStatusCode.InternalServerError, large.StatusCode);
        }

        using var small = await Post(host, 1_000);
        Assert.Equal(HttpStatusCode.OK, small.StatusCode);
        Assert.Equal(0, await host.Stop());
        Assert.Equal(3, host.Output.Split("its body cannot be kept").Length - 1);
        Assert.DoesNotContain("unhandled exception", host.Output, StringComparison.OrdinalIgnoreCase);
        Assert.Empty(_folder.GetFiles("*.upload"));
    }

    private static async Task<HttpResponseMessage> Post(HostProcess host, int size)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(host.Url("checksum"), UriKind.Relative))
        {
            Content = new ByteArrayContent(new byte[size]),
        };
        request.Headers.TransferEncodingChunked = true;
        return await host.Client.SendAsync(request, TestContext.Current.CancellationToken);
    }

    private static bool Run(string command, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(command, arguments) { RedirectStandardError = true })!;
        process.WaitForExit();
        return process.ExitCode == 0;
    }
}
