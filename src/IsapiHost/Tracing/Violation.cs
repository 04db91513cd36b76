using System.Diagnostics.CodeAnalysis;

namespace IsapiHost.Tracing;

/// <summary>Something that a correct extension never does. Immutable.</summary>
public sealed record Violation
{
    /// <summary>A violation whose properties are set by an initializer.</summary>
    public Violation()
    {
    }

    [SetsRequiredMembers]
    internal Violation(ViolationRule rule, string module, string request, string call, string detail)
    {
        Name = rule.Name;
        Sentence = rule.Sentence;
        Module = module;
        Request = request;
        Call = call;
        Detail = detail;
    }

    /// <summary>The stable name, such as <c>finished-twice</c>; docs/tracing.md lists all.</summary>
    public required string Name { get; init; }

    /// <summary>The rule that was broken.</summary>
    public required string Sentence { get; init; }

    /// <summary>The extension's file.</summary>
    public required string Module { get; init; }

    /// <summary>Method and path of the request; empty if a call came so late that the request is not remembered.</summary>
    public string Request { get; init; } = "";

    /// <summary>The call in which it was found; empty if it was found otherwise.</summary>
    public string Call { get; init; } = "";

    /// <summary>What exactly; often empty.</summary>
    public string Detail { get; init; } = "";

    /// <summary>All of it on one line.</summary>
    public override string ToString() =>
        $"{Name}: {Sentence}{(Detail.Length > 0 ? $" ({Detail})" : "")}{(Request.Length > 0 ? $" {Request}" : "")}{(Call.Length > 0 ? $", in {Call}" : "")}";
}
