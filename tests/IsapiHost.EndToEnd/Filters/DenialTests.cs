using IsapiHost.EndToEnd.Hosting;
using IsapiHost.EndToEnd.Wire;

namespace IsapiHost.EndToEnd.Filters;

public sealed class DenialTests
{
    [Theory, Platforms]
    public async Task Headers_on_denial_are_added_to_an_extensions_own_401_only(Platform platform)
    {
        await using var host = await HostProcess.Start(
            platform, new HostSettings { Filters = ["denial-headers"], Modules = ["filters/sequence"] });

        var denied = await host.Ask(host.Url("sequence", "?deny"));
        Assert.Equal((401, "denied\n", "yes"), (denied.Status, denied.Text, denied.Value("X-Denied")));
        Assert.Equal(["Basic realm=\"x\"", "Digest realm=\"filter\""], denied.Values("WWW-Authenticate"));

        var allowed = await host.Ask(host.Url("sequence"));
        Assert.Equal((200, null, null), (allowed.Status, allowed.Value("X-Denied"), allowed.Value("WWW-Authenticate")));
        Assert.Null((await host.Ask("/nothing")).Value("X-Denied"));
    }

    [Theory, Platforms]
    public async Task A_reset_authentication_is_repeated_once_with_the_new_credentials(Platform platform)
    {
        await using var host = await HostProcess.Start(platform, new HostSettings { Filters = ["reset-auth"], Modules = ["variables"] });

        var text = (await host.Ask(host.Url("variables", "?HTTP_X_AUTH&LOGON_USER"))).Text;
        Assert.Contains("value=2 2 [][reset]\n", text, StringComparison.Ordinal);
        Assert.Contains("value=reset\n", text, StringComparison.Ordinal);

        text = (await host.Ask(host.Url("variables", "?HTTP_X_AUTH"), BasicLogin.Line("first:x"))).Text;
        Assert.Contains("value=2 2 [first][reset]\n", text, StringComparison.Ordinal);
    }
}
