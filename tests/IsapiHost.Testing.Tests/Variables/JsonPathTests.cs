using IsapiHost.Testing.Variables;

namespace IsapiHost.Testing.Tests.Variables;

public sealed class JsonPathTests
{
    private const string Json = """{ "token": "abc", "items": [ { "id": 1 }, { "id": 2.50 } ], "a name": { "x": null }, "yes": true }""";

    [Theory]
    [InlineData("$.token", "abc")]
    [InlineData("$.items[1].id", "2.50")]
    [InlineData("$['a name'].x", "null")]
    [InlineData("$[\"items\"][0]", "{ \"id\": 1 }")]
    [InlineData("$.yes", "true")]
    [InlineData("$.items[2].id", null)]
    [InlineData("$.token.id", null)]
    [InlineData("$.items.id", null)]
    [InlineData("$.nothing", null)]
    public void A_path_leads_to_a_value(string path, string? expected) => Assert.Equal(expected, JsonPath.Find(Json, path));

    [Theory]
    [InlineData(Json, "$.items[*].id")]
    [InlineData(Json, "token")]
    [InlineData(Json, "$..id")]
    [InlineData("<html>", "$.a")]
    public void What_is_not_understood_is_said(string json, string path) => Assert.Throws<FormatException>(() => JsonPath.Find(json, path));
}
