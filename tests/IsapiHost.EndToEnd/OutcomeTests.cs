using IsapiHost.EndToEnd.Hosting;
using IsapiHost.EndToEnd.Wire;

namespace IsapiHost.EndToEnd;

/// <summary>What the client gets for what HttpExtensionProc returns.</summary>
public sealed class OutcomeTests(SharedHosts hosts)
{
    [Theory]
    [Platforms("nothing", 200, "")]
    [Platforms("error-after-page", 502, "sorry")]
    [Platforms("empty-write", 200, "")]
    [Platforms("zero", 200, "body")]
    [Platforms("keep-conn", 200, "body")]
    [Platforms("status-differs", 200, "body")]
    public async Task The_answer_is_complete(Platform platform, string variant, int status, string body)
    {
        var response = await Raw(platform, variant);

        Assert.Equal(status, response.Status);
        Assert.Equal(body, response.Text);
        Assert.Equal(Framing.ContentLength, response.Framing);
    }

    [Theory]
    [Platforms("nothing-with-status", 404)]
    [Platforms("error", 500)]
    [Platforms("unknown", 500)]
    public async Task Without_a_head_the_status_tells(Platform platform, string variant, int status)
    {
        Assert.Equal(status, (await Raw(platform, variant)).Status);
    }

    [Theory]
    [Platforms("error-after-head", "")]
    [Platforms("error-after-body", "body")]
    public async Task An_error_after_output_sends_what_there_is_and_closes(Platform platform, string variant, string body)
    {
        var host = await hosts.Get(platform);
        using var connection = await RawConnection.Open(host.Address);

        await connection.Request(host.Url("outcomes", "?" + variant));
        var response = await connection.Read();

        Assert.Equal(200, response.Status);
        Assert.Equal(body, response.Text);
        Assert.True(await connection.IsClosed());
    }

    [Theory, Platforms]
    public async Task An_error_instead_of_the_promised_body_is_the_answer_and_no_fault_of_the_server(Platform platform)
    {
        await using var host = await HostProcess.Start(platform, new HostSettings { Modules = ["outcomes"] });
        using var connection = await RawConnection.Open(host.Address);

        await connection.Request(host.Url("outcomes", "?error-after-promise"));
        var response = await connection.Read();

        Assert.Equal(500, response.Status);
        Assert.Equal(0, await host.Stop());
        Assert.DoesNotContain("exception", host.Output, StringComparison.OrdinalIgnoreCase);
    }

    private async Task<RawResponse> Raw(Platform platform, string variant)
    {
        var host = await hosts.Get(platform);
        using var connection = await RawConnection.Open(host.Address);
        await connection.Request(host.Url("outcomes", "?" + variant));
        return await connection.Read();
    }
}
