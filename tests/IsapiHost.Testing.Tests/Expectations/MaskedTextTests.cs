using IsapiHost.Testing.Expectations;

namespace IsapiHost.Testing.Tests.Expectations;

public sealed class MaskedTextTests
{
    [Theory]
    [InlineData("exact", "exact", true)]
    [InlineData("exact", "exact ", false)]
    [InlineData("a.c", "abc", false)]
    [InlineData("at {{\\d+}} ms", "at 17 ms", true)]
    [InlineData("at {{\\d+}} ms", "at 17 ms!", false)]
    [InlineData("{{\\d{4}}}-{{\\d{2}}}", "2026-11", true)]
    [InlineData("{{\\d{4}}}-{{\\d{2}}}", "2026-1", false)]
    [InlineData("{{a|b}}c", "bc", true)]
    [InlineData("{{a|b}}c", "b", false)]
    [InlineData("{{\\{\\{}}x}}", "{{x}}", true)]
    [InlineData("{{host}}/x", "http://h:1/x", true)]
    [InlineData("{{host}}/x", "http://h-1/x", false)]
    [InlineData("{{(a+)+$}}", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!", false)]
    public void Text_is_exact_but_for_its_masks(string expected, string received, bool matches) =>
        Assert.Equal(matches, new MaskedText(expected, "http://h:1").Matches(received));

    [Theory]
    [InlineData("plain")]
    [InlineData("{{x}} and {{{ and }}")]
    [InlineData("see http://h:1/x")]
    [InlineData(@"\d{2} [a-z]")]
    public void A_literal_matches_its_own_text_and_no_other(string text)
    {
        MaskedText literal = new(MaskedText.Literal(text, "http://h:1"), "http://h:1");

        Assert.True(literal.Matches(text));
        Assert.False(literal.Matches(text + "x"));
    }

    [Fact]
    public void The_tested_address_in_received_text_stands_for_any()
    {
        string literal = MaskedText.Literal("Location: http://h:1/x", "http://h:1");

        Assert.Equal("Location: {{host}}/x", literal);
        Assert.True(new MaskedText(literal, "http://other").Matches("Location: http://other/x"));
    }

    [Theory]
    [InlineData("{{(}}")]
    [InlineData("{{a)(b}}")]
    [InlineData("{{never ends")]
    public void A_broken_mask_is_refused(string text) => Assert.ThrowsAny<ArgumentException>(() => new MaskedText(text, ""));
}
