using IsapiHost.Testing.Messages;

namespace IsapiHost.Testing.Expectations;

/// <summary><c>body empty</c>, <c>is</c>, <c>contains</c> or <c>matches</c>; a body that is not UTF-8 is read as Latin-1.</summary>
internal sealed class BodyExpectation(string text, int line, TextCondition? content) : InlineExpectation(text, line)
{
    private const int Shown = 200;

    /// <inheritdoc/>
    internal override string? Check(ReceivedResponse response)
    {
        string body = BodyText.Decode(response.Body.Span);
        return content?.Holds(body) ?? body.Length == 0
            ? null
            : $"the body has {response.Body.Length} bytes and begins '{TextDisplay.Show(body[..Math.Min(body.Length, Shown)])}'";
    }
}
