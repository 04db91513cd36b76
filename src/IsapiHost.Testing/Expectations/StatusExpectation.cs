using IsapiHost.Testing.Messages;

namespace IsapiHost.Testing.Expectations;

/// <summary><c>status 200</c>, or <c>status 2xx</c> for a class of codes.</summary>
internal sealed class StatusExpectation(string text, int line, string pattern) : InlineExpectation(text, line)
{
    /// <inheritdoc/>
    internal override string? Check(ReceivedResponse response)
    {
        string status = $"{response.Status:000}";
        bool matches = status.Length == 3 && pattern.Zip(status).All(pair => pair.First == 'x' || pair.First == pair.Second);
        return matches ? null : $"the status is {response.Status} {TextDisplay.Show(response.Reason)}".TrimEnd();
    }
}
