using IsapiHost.Tracing;

namespace IsapiHost.Tests.Tracing;

public sealed class TraceConditionTests
{
    [Theory]
    [InlineData("status>=500", true)]
    [InlineData("status == 503 && ms<1000", true)]
    [InlineData("status<500 || ms>1000", false)]
    [InlineData("status<500 || ms>1000 || violation", true)]
    [InlineData("violation && (status==200 || bytes==10)", true)]
    [InlineData("status==200 && status==200 || method==get", true)]
    [InlineData("method != GET", false)]
    [InlineData("path ~ '.DLL/'", true)]
    [InlineData("path == \"/ext.dll/some\"", true)]
    [InlineData("ms <= 12.5", true)]
    public void A_condition_is_judged(string text, bool expected) =>
        Assert.Equal(expected, TraceCondition.Parse(text).IsTrueFor(Traces.Of(503, 12.5, Traces.Violation)));

    [Theory]
    [InlineData("", "position 1,")]
    [InlineData("status", "position 7,")]
    [InlineData("status >= high", "position 11,")]
    [InlineData("status > 1 & ms > 2", "position 12,")]
    [InlineData("(status > 1", "position 12,")]
    [InlineData("size > 1", "position 1,")]
    [InlineData("path == \"open", "position 9,")]
    [InlineData("status ~ 5", "position 10,")]
    public void A_fault_is_named_with_its_position(string text, string expected) =>
        Assert.Contains(expected, Assert.Throws<FormatException>(() => TraceCondition.Parse(text)).Message, StringComparison.Ordinal);

    [Fact]
    public void Parentheses_without_end_are_refused() =>
        Assert.Throws<FormatException>(() => TraceCondition.Parse(new string('(', 100_000)));
}
