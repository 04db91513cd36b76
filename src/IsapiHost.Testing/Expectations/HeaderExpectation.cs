using IsapiHost.Testing.Messages;

namespace IsapiHost.Testing.Expectations;

/// <summary><c>header NAME exists</c>, <c>absent</c>, <c>is</c>, <c>contains</c> or <c>matches</c>; of several lines one is enough.</summary>
internal sealed class HeaderExpectation(string text, int line, string name, bool isPresent, TextCondition? value) : InlineExpectation(text, line)
{
    /// <inheritdoc/>
    internal override string? Check(ReceivedResponse response)
    {
        IReadOnlyList<string> values = response.HeaderValues(name);
        bool holds = isPresent ? values.Any(v => value?.Holds(v) ?? true) : values.Count == 0;
        return holds ? null
            : values.Count == 0 ? $"there is no header {name}"
            : $"{name} is {string.Join(" and ", values.Select(v => $"'{TextDisplay.Show(v)}'"))}";
    }
}
