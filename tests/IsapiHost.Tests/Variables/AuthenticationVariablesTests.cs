using System.Security.Claims;
using System.Text;

namespace IsapiHost.Tests.Variables;

public class AuthenticationVariablesTests
{
    [Fact]
    public void An_anonymous_request_has_empty_values() => AssertValues(new RequestBuilder(), type: "", user: "", logon: "", password: "");

    [Fact]
    public void Basic_credentials_are_given_as_the_client_sent_them() =>
        AssertValues(Basic("joe:pass:w\u00F6rd"), type: "Basic", user: "joe", logon: "", password: "pass:w\u00F6rd");

    [Fact]
    public void The_user_that_the_application_has_authenticated_wins()
    {
        var request = Basic("joe:secret");
        request.Context.User = new ClaimsPrincipal(new ClaimsIdentity([new Claim(ClaimTypes.Name, @"DOM\jane")], "Cookies"));

        AssertValues(request, type: "Basic", user: @"DOM\jane", logon: @"DOM\jane", password: "secret");
    }

    [Fact]
    public void Without_a_header_the_type_is_the_applications()
    {
        var request = new RequestBuilder();
        request.Context.User = new ClaimsPrincipal(new ClaimsIdentity([new Claim(ClaimTypes.Name, "jane")], "Negotiate"));

        AssertValues(request, type: "Negotiate", user: "jane", logon: "jane", password: "");
    }

    [Theory]
    [InlineData("Bearer abc", "Bearer")]
    [InlineData("Basic", "Basic")]
    [InlineData("Basic !!!", "Basic")]
    [InlineData("Basic am9l", "Basic")]
    public void Another_or_a_broken_header_names_only_its_scheme(string header, string type) =>
        AssertValues(new RequestBuilder().Header("Authorization", header), type, user: "", logon: "", password: "");

    private static RequestBuilder Basic(string credentials) =>
        new RequestBuilder().Header("Authorization", "basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes(credentials)));

    private static void AssertValues(RequestBuilder request, string type, string user, string logon, string password)
    {
        Assert.Equal(type, request["AUTH_TYPE"], ignoreCase: true);
        Assert.Equal(user, request["AUTH_USER"]);
        Assert.Equal(user, request["REMOTE_USER"]);
        Assert.Equal(user, request["UNMAPPED_REMOTE_USER"]);
        Assert.Equal(logon, request["LOGON_USER"]);
        Assert.Equal(password, request["AUTH_PASSWORD"]);
    }
}
