using System.Net;
using System.Text.Json;
using IsapiHost.EndToEnd.Hosting;

namespace IsapiHost.EndToEnd;

/// <summary>What the configuration says of the web server reaches it: limits, proxies in front, host names, the format of the log.</summary>
public sealed class WebServerSettingTests
{
    [Theory]
    [Platforms("10000", null, HttpStatusCode.OK)]
    [Platforms("17000", null, HttpStatusCode.RequestUriTooLong)]
    [Platforms("17000", "20000", HttpStatusCode.OK)]
    [Platforms("3000", "2000", HttpStatusCode.RequestUriTooLong)]
    public async Task Request_lines_have_the_length_of_IIS_or_of_the_configuration(Platform platform, string length, string? limit, HttpStatusCode expected)
    {
        await using var host = await HostProcess.Start(platform, new HostSettings
        {
            Modules = ["hello"],
            Environment = limit is null ? new Dictionary<string, string>() : new() { ["KESTREL__LIMITS__MAXREQUESTLINESIZE"] = limit },
        });

        var query = new string('a', int.Parse(length, System.Globalization.CultureInfo.InvariantCulture));
        using var response = await host.Get("hello", $"?name={query}");

        Assert.Equal(expected, response.StatusCode);
    }

    [Theory, Platforms]
    public async Task The_name_of_the_server_can_be_left_out(Platform platform)
    {
        await using var host = await HostProcess.Start(platform, new HostSettings
        {
            Modules = ["hello"],
            Environment = new Dictionary<string, string> { ["Kestrel__AddServerHeader"] = "false" },
        });

        using var response = await host.Get("hello");

        Assert.False(response.Headers.Contains("Server"));
    }

    [Theory]
    [Platforms("127.0.0.0/8", true)]
    [Platforms("127.0.0.1", true)]
    [Platforms("10.0.0.0/8", false)]
    [Platforms("", false)]
    public async Task A_proxy_is_believed_only_where_it_is_trusted(Platform platform, string trusted, bool isBelieved)
    {
        await using var host = await HostProcess.Start(platform, new HostSettings
        {
            Modules = ["variables"],
            Environment = new Dictionary<string, string> { ["ISAPI__TRUSTEDPROXIES"] = trusted },
        });

        var response = await host.Ask(
            host.Url("variables", "?REMOTE_ADDR&REMOTE_HOST&HTTPS&SERVER_PORT_SECURE"), "X-Forwarded-For: 192.0.2.7", "X-Forwarded-Proto: https");

        var values = response.Text.Split('\n').Where(line => line.Contains("value=", StringComparison.Ordinal))
            .Select(line => line[(line.IndexOf("value=", StringComparison.Ordinal) + "value=".Length)..].TrimEnd());
        Assert.Equal(isBelieved ? ["192.0.2.7", "192.0.2.7", "on", "1"] : ["127.0.0.1", "127.0.0.1", "off", "0"], values);
    }

    [Theory, Platforms]
    public async Task Only_allowed_hosts_are_served(Platform platform)
    {
        await using var host = await HostProcess.Start(platform, new HostSettings
        {
            Modules = ["hello"],
            Environment = new Dictionary<string, string> { ["AllowedHosts"] = "127.0.0.1;*.example.test" },
        });

        Assert.Equal(HttpStatusCode.OK, await StatusFor("www.example.test"));
        Assert.Equal(HttpStatusCode.BadRequest, await StatusFor("elsewhere.test"));

        async Task<HttpStatusCode> StatusFor(string name)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, host.Url("hello")) { Headers = { Host = name } };
            using var response = await host.Client.SendAsync(request, TestContext.Current.CancellationToken);
            return response.StatusCode;
        }
    }

    [Theory, Platforms]
    public async Task A_log_in_JSON_has_no_other_lines(Platform platform)
    {
        string output;
        await using (var host = await HostProcess.Start(platform, new HostSettings
        {
            Modules = ["hello"],
            Options = ["--log-requests"],
            Environment = new Dictionary<string, string>
            {
                ["LOGGING__CONSOLE__FORMATTERNAME"] = "json",
                ["LOGGING__LOGLEVEL__DEFAULT"] = "Information",
            },
        }))
        {
            await host.GetText("hello");
            await host.Stop();
            output = host.Output;
        }

        var messages = output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(line => JsonDocument.Parse(line).RootElement.GetProperty("Message").GetString()!).ToArray();
        Assert.Single(messages, message => message.StartsWith("Now listening on: ", StringComparison.Ordinal));
        Assert.Contains(messages, message => message.Contains("GET /hello", StringComparison.Ordinal));
    }

    [Theory, Platforms]
    public async Task Levels_of_other_applications_neither_repeat_the_address_nor_write_request_lines(Platform platform)
    {
        await using var host = await HostProcess.Start(platform, new HostSettings
        {
            Modules = ["hello"],
            Environment = new Dictionary<string, string>
            {
                ["LOGGING__LOGLEVEL__DEFAULT"] = "Information",
                ["Logging__LogLevel__Microsoft.Hosting.Lifetime"] = "Information",
            },
        });

        await host.GetText("hello");
        await host.Stop();

        Assert.Single(host.Output.Split('\n'), line => line.Contains("Now listening on", StringComparison.Ordinal));
        Assert.DoesNotContain("GET /hello", host.Output, StringComparison.Ordinal);
    }
}
