namespace IsapiHost.Testing.Expectations;

/// <summary><c>no violations</c>: the extension broke no rule of ISAPI during the request. It is judged by the server's side of the run.</summary>
internal sealed class NoViolationsExpectation(string text, int line) : InlineExpectation(text, line)
{
    /// <inheritdoc/>
    internal override string? Check(HttpAnswer answer) => null; // nothing in an answer shows a violation
}
