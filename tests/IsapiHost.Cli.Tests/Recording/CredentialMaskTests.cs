using IsapiHost.Cli.Recording;
using IsapiHost.Testing.Messages;

namespace IsapiHost.Cli.Tests.Recording;

public sealed class CredentialMaskTests
{
    [Theory]
    [InlineData("/login?user=a&Password=p%20w&x=1", "/login?user=a&Password={{$processEnv ISAPIHOST_PASSWORD}}&x=1")]
    [InlineData("user=a&new-pwd={x", "user=a&new-pwd={{$processEnv ISAPIHOST_NEW_PWD}}")]
    [InlineData("""{"user":"a","api_key" : "x\"y","n":1}""", """{"user":"a","api_key" : "{{$processEnv ISAPIHOST_API_KEY}}","n":1}""")]
    [InlineData("<s:Login><s:password type='x'>geheim</s:password></s:Login>", "<s:Login><s:password type='x'>{{$processEnv ISAPIHOST_PASSWORD}}</s:password></s:Login>")]
    [InlineData("--b\r\nContent-Disposition: form-data; name=\"token\"\r\n\r\nabc\r\n--b--", "--b\r\nContent-Disposition: form-data; name=\"token\"\r\n\r\n{{$processEnv ISAPIHOST_TOKEN}}\r\n--b--")]
    [InlineData("nothing=here&to=mask", "nothing=here&to=mask")]
    public void Fields_that_speak_of_secrets_lose_their_values(string text, string masked)
    {
        Assert.Equal(masked, CredentialMask.Fields(text));
        Assert.Equal(masked, CredentialMask.Fields(masked));
    }

    [Fact]
    public void What_a_response_repeats_is_masked_there_too()
    {
        ReceivedResponse response = new(200, "OK", [new("Set-Cookie", "id=\"of-a-session\"; path=/")], ReadOnlyMemory<byte>.Empty);
        ExchangeSecrets secrets = ExchangeSecrets.Of(new Exchange(
            "POST", "/?token=a%20long+one", [new("Authorization", "Bearer abcdefgh"), new("Cookie", "a=short; b=12345678")], "{\"password\":\"{{geheim}}\"}"u8.ToArray(), response, true));

        Assert.Equal(
            "{{.*}}, {{.*}}, a=short, b={{.*}}, {{.*}}, id={{.*}}, {{.*}}",
            secrets.Mask(@"a long one, Bearer abcdefgh, a=short, b=12345678, abcdefgh, id=of-a-session, {{\{\{}}geheim}}", ""));
        Assert.True(secrets.AreIn("\0abcdefgh"u8));
        Assert.False(secrets.AreIn("\0short"u8));
    }

    [Fact]
    public void Headers_lose_theirs()
    {
        Assert.Equal("{{$processEnv ISAPIHOST_AUTHORIZATION}}", CredentialMask.RequestHeader("authorization", "Basic eDp5"));
        Assert.Equal("{{$processEnv ISAPIHOST_COOKIE}}", CredentialMask.RequestHeader("Cookie", "a=b"));
        Assert.Equal("{{$processEnv ISAPIHOST_API_KEY}}", CredentialMask.RequestHeader("X-Api-Key", "k"));
        Assert.Equal("{{$processEnv ISAPIHOST_ACCESS_TOKEN}}", CredentialMask.RequestHeader("X-Access-Token", "t"));
        Assert.Equal("{{$processEnv ISAPIHOST_PROXY_AUTHORIZATION}}", CredentialMask.RequestHeader("Proxy-Authorization", "Basic eDp5"));
        Assert.Equal("{{.*}}", CredentialMask.ResponseHeader("X-Auth-Token", "t"));
        Assert.Equal("text/html", CredentialMask.RequestHeader("Accept", "text/html"));
        Assert.Equal("ASPSESSION={{.*}}", CredentialMask.ResponseHeader("Set-Cookie", "ASPSESSION=abc; path=/"));
        Assert.Equal("x", CredentialMask.ResponseHeader("X-A", "x"));
    }
}
