using IsapiHost.Testing.Messages;

namespace IsapiHost.Testing.Expectations;

/// <summary><c>no violations</c>: the extension broke no rule of ISAPI during the request. Judged by the server's side (<see cref="ViolationWatch"/>).</summary>
internal sealed class NoViolationsExpectation(string text, int line) : InlineExpectation(text, line)
{
    /// <summary>Why it cannot be judged where the server is another process.</summary>
    public const string NotJudged = "not judged, since what a server elsewhere finds cannot be seen from here";

    /// <inheritdoc/>
    internal override string? Check(ReceivedResponse response) => null; // nothing in a response shows a violation
}
