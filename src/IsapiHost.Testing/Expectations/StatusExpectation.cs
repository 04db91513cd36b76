namespace IsapiHost.Testing.Expectations;

/// <summary><c>status 200</c>, or <c>status 2xx</c> for a class of codes.</summary>
internal sealed class StatusExpectation(string text, int line, string pattern) : InlineExpectation(text, line)
{
    /// <inheritdoc/>
    internal override string? Check(HttpAnswer answer)
    {
        string status = $"{answer.Status:000}";
        bool matches = status.Length == 3 && pattern.Zip(status).All(pair => pair.First == 'x' || pair.First == pair.Second);
        return matches ? null : $"the status is {answer.Status} {TextDisplay.Show(answer.Reason)}".TrimEnd();
    }
}
