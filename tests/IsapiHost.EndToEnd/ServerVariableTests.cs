using System.Globalization;
using IsapiHost.EndToEnd.Hosting;

namespace IsapiHost.EndToEnd;

public sealed class ServerVariableTests(SharedHosts hosts)
{
    [Theory]
    [Platforms("REQUEST_METHOD", "GET")]
    [Platforms("SERVER_PROTOCOL", "HTTP/1.1")]
    [Platforms("HTTP_VERSION", "HTTP/1.1")]
    [Platforms("PATH_INFO", "/extra")]
    [Platforms("REMOTE_ADDR", "127.0.0.1")]
    [Platforms("LOCAL_ADDR", "127.0.0.1")]
    [Platforms("SERVER_NAME", "127.0.0.1")]
    [Platforms("HTTPS", "off")]
    [Platforms("SERVER_PORT_SECURE", "0")]
    [Platforms("GATEWAY_INTERFACE", "CGI/1.1")]
    [Platforms("CONTENT_LENGTH", "0")]
    [Platforms("CONTENT_TYPE", "")]
    [Platforms("AUTH_TYPE", "")]
    [Platforms("HTTP_X_TEST", "first, second")]
    [Platforms("HTTP_X-Test", "first, second")]
    [Platforms("HEADER_X-Test", "first, second")]
    [Platforms("request_method", "GET")]
    public async Task A_variable_has_its_value_and_a_size_that_counts_the_nul(Platform platform, string name, string value)
    {
        Assert.Equal(
            string.Create(CultureInfo.InvariantCulture, $"{name} result=1 size={value.Length + 1} error=0 nul=1 value={value}\n"),
            await Ask(platform, name));
    }

    [Theory, Platforms]
    public async Task Names_of_the_script_are_those_of_the_module(Platform platform)
    {
        var host = await hosts.Get(platform);
        var script = host.Url("variables");

        Assert.EndsWith($" value={script}\n", await Ask(platform, "SCRIPT_NAME"), StringComparison.Ordinal);
        Assert.EndsWith($" value={script}/extra?HTTP_URL\n", await Ask(platform, "HTTP_URL"), StringComparison.Ordinal);
    }

    [Theory]
    [Platforms("NO_SUCH_VARIABLE")]
    [Platforms("HTTP_X_MISSING")]
    [Platforms("HEADER_X-Missing")]
    [Platforms("User-Agent")]
    public async Task An_unknown_name_is_refused_with_1413(Platform platform, string name)
    {
        Assert.Equal($"{name} result=0 size=4096 error=1413 untouched=1\n", await Ask(platform, name));
    }

    [Theory]
    [Platforms(0)]
    [Platforms(3)]
    public async Task A_buffer_too_small_is_refused_with_122_and_the_size_needed(Platform platform, int size)
    {
        Assert.Equal(
            "REQUEST_METHOD result=0 size=4 error=122 untouched=1\n",
            await Ask(platform, string.Create(CultureInfo.InvariantCulture, $"REQUEST_METHOD:{size}")));
    }

    [Theory, Platforms]
    public async Task A_buffer_that_just_fits_is_enough(Platform platform)
    {
        Assert.Equal("REQUEST_METHOD result=1 size=4 error=0 nul=1 value=GET\n", await Ask(platform, "REQUEST_METHOD:4"));
    }

    [Theory, Platforms]
    public async Task Unicode_variables_are_utf_16_and_sized_in_bytes(Platform platform)
    {
        Assert.Equal("UNICODE_REQUEST_METHOD result=1 size=8 error=0 units=0047004500540000\n", await Ask(platform, "UNICODE_REQUEST_METHOD"));
    }

    [Theory, Platforms]
    public async Task All_headers_are_there_in_both_forms(Platform platform)
    {
        Assert.Contains("HTTP_X_TEST:first", await Ask(platform, "ALL_HTTP"), StringComparison.Ordinal);
        Assert.Contains("X-Test: first", await Ask(platform, "ALL_RAW"), StringComparison.Ordinal);
    }

    private async Task<string> Ask(Platform platform, string query)
    {
        var host = await hosts.Get(platform);
        using var request = new HttpRequestMessage(HttpMethod.Get, host.Url("variables", "/extra?" + query));
        request.Headers.Add("X-Test", ["first", "second"]);
        using var response = await host.Client.SendAsync(request, TestContext.Current.CancellationToken);
        return await response.EnsureSuccessStatusCode().Content.ReadAsStringAsync();
    }
}
