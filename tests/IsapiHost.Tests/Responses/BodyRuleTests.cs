using IsapiHost.Responses;

namespace IsapiHost.Tests.Responses;

public sealed class BodyRuleTests
{
    [Theory]
    [InlineData(200, "GET", false)]
    [InlineData(404, "POST", false)]
    [InlineData(200, "HEAD", true)]
    [InlineData(100, "GET", true)]
    [InlineData(199, "GET", true)]
    [InlineData(204, "GET", true)]
    [InlineData(205, "GET", true)]
    [InlineData(304, "GET", true)]
    public void Knows_responses_without_body(int statusCode, string method, bool forbidden)
    {
        Assert.Equal(forbidden, BodyRule.ForbidsBody(statusCode, method));
    }
}
