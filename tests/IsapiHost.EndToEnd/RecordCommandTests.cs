using IsapiHost.EndToEnd.Hosting;

namespace IsapiHost.EndToEnd;

/// <summary><c>isapihost record</c> between a client and an extension; what it writes is played back by <c>isapihost test</c>.</summary>
public sealed class RecordCommandTests : IDisposable
{
    private const string Secret = "dXNlcjpzZWNyZXQ=";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("isapihost-");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory, Platforms]
    public async Task What_is_recorded_holds_no_secrets_and_is_answered_the_same_again(Platform platform)
    {
        await Record(platform);

        var files = _folder.GetFiles().Select(file => File.ReadAllText(file.FullName)).ToArray();
        Assert.Equal(4, files.Length);
        Assert.DoesNotContain(files, text => text.Contains(Secret, StringComparison.Ordinal));
        Assert.Single(files, text => text.Contains("{{.*}}", StringComparison.Ordinal));

        Environment.SetEnvironmentVariable("ISAPIHOST_AUTHORIZATION", $"Bearer {Secret}");
        var module = Path.Combine(Repository.Modules(platform), HostCommand.ModuleFile(platform, "variables"));
        var (exitCode, output) = await HostProcess.Run(
            platform, "test", HostCommand.PathFor(platform, module), HostCommand.PathFor(platform, _folder.FullName));
        Assert.True(exitCode == 0, output);
        Assert.Contains("2 requests, 2 as expected", output, StringComparison.Ordinal);
    }

    private async Task Record(Platform platform)
    {
        await using var target = await HostProcess.Start(platform, new HostSettings { Modules = ["variables"] });
        await using var recorder = await HostProcess.Start(platform, new HostSettings
        {
            Subcommand = "record",
            Options = ["--target", target.Address.ToString(), "--out", HostCommand.PathFor(platform, _folder.FullName)],
        });
        var direct = await target.GetText("variables", "?SCRIPT_NAME");
        Assert.Equal(direct, await recorder.Client.GetStringAsync(new Uri(target.Url("variables", "?SCRIPT_NAME"), UriKind.Relative), Cancellation));

        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(target.Url("variables", "?HTTP_AUTHORIZATION"), UriKind.Relative));
        request.Content = new StringContent("a body");
        request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {Secret}");
        using var response = await recorder.Client.SendAsync(request, Cancellation);
        Assert.Contains(Secret, await response.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);

        // Written when the response is out already.
        await Eventually.Holds(() => Task.FromResult(recorder.Output.Split(" -> ").Length == 3));
        Assert.Equal(0, await recorder.Stop());
    }
}
