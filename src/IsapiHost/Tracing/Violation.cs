namespace IsapiHost.Tracing;

/// <summary>Something that a correct extension never does.</summary>
/// <param name="Name">The stable name, such as <c>finished-twice</c>; docs/tracing.md lists all.</param>
/// <param name="Sentence">The rule that was broken.</param>
/// <param name="Module">The extension's file.</param>
/// <param name="Request">Method and path of the request; empty if a call came so late that the request is not remembered.</param>
/// <param name="Call">The call in which it was found; empty if it was found otherwise.</param>
/// <param name="Detail">What exactly; often empty.</param>
public sealed record Violation(string Name, string Sentence, string Module, string Request, string Call, string Detail)
{
    /// <summary>All of it on one line.</summary>
    public override string ToString() =>
        $"{Name}: {Sentence}{(Detail.Length > 0 ? $" ({Detail})" : "")}{(Request.Length > 0 ? $" {Request}" : "")}{(Call.Length > 0 ? $", in {Call}" : "")}";
}
