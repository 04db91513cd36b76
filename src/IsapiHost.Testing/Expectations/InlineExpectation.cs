using IsapiHost.Testing.Messages;

namespace IsapiHost.Testing.Expectations;

/// <summary>What a <c># expect …</c> line of an <c>.http</c> file asks of the response.</summary>
public abstract class InlineExpectation
{
    private protected InlineExpectation(string text, int line)
    {
        Text = text;
        Line = line;
    }

    /// <summary>The words after <c># expect</c>.</summary>
    public string Text { get; }

    /// <summary>Its line in the file, from 1.</summary>
    public int Line { get; }

    /// <summary>Looks at a response.</summary>
    /// <returns>What was received instead, as the rest of a sentence; null if the response is as expected.</returns>
    internal abstract string? Check(ReceivedResponse response);
}
