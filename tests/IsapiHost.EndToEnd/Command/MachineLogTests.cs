using System.Text.Json;
using IsapiHost.EndToEnd.Hosting;

namespace IsapiHost.EndToEnd.Command;

/// <summary>A log that machines read: all that the command says is an entry of it, on both streams.</summary>
public sealed class MachineLogTests
{
    [Theory, Platforms]
    public async Task With_the_JSON_format_every_line_is_JSON(Platform platform)
    {
        await using var host = await HostProcess.Start(platform, new HostSettings
        {
            Modules = ["hello"],
            Options = ["--log-requests"],
            Environment = Format("json"),
        });
        await host.GetText("hello");

        Assert.Equal(0, await host.Stop());
        var messages = Messages(host.Output);
        Assert.Contains(messages, message => message.StartsWith("Now listening on: ", StringComparison.Ordinal));
        Assert.Contains(messages, message => message.Contains("GET /hello.", StringComparison.Ordinal));
        Assert.Contains(messages, message => message.StartsWith("Stopping...", StringComparison.Ordinal));
    }

    [Theory]
    [Platforms("2", "--no-such-option", "--no-such-option: unknown option.")]
    [Platforms("3", "missing.dll", "missing.dll")]
    public async Task What_keeps_the_host_from_starting_is_JSON_too(Platform platform, string code, string argument, string words)
    {
        // The host refuses to start, so nothing is announced.
        var (exitCode, output) = await HostProcess.Run(platform, Format("json"), argument);

        Assert.Equal(code, exitCode.ToString(System.Globalization.CultureInfo.InvariantCulture));
        Assert.Contains(Messages(output), message => message.Contains(words, StringComparison.Ordinal));
    }

    [Theory, Platforms]
    public async Task For_the_journal_every_line_begins_with_its_level(Platform platform)
    {
        await using var host = await HostProcess.Start(platform, new HostSettings { Modules = ["hello"], Environment = Format("systemd") });

        Assert.Equal(0, await host.Stop());
        Assert.All(Lines(host.Output), line => Assert.Matches("^<[0-7]>", line));

        var (_, output) = await HostProcess.Run(platform, Format("systemd"), "missing.dll");
        Assert.All(Lines(output), line => Assert.StartsWith("<3>", line, StringComparison.Ordinal));
    }

    private static Dictionary<string, string> Format(string name) => new() { ["Logging__Console__FormatterName"] = name };

    private static string[] Messages(string output) =>
        [.. Lines(output).Select(line => JsonDocument.Parse(line).RootElement.GetProperty("Message").GetString()!)];

    private static string[] Lines(string output) => output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
