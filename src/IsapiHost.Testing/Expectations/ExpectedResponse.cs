namespace IsapiHost.Testing.Expectations;

/// <summary>A section of an <c>.expected</c> file.</summary>
internal sealed record ExpectedResponse
{
    /// <summary>The request's name.</summary>
    public required string Name { get; init; }

    /// <summary>The line of its <c>###</c>, from 1.</summary>
    public int Line { get; init; }

    /// <summary>Comments, <c># ignore</c> and <c># compare</c> lines before the status line, as they stand there.</summary>
    public IReadOnlyList<string> Comments { get; init; } = [];

    /// <summary>Headers not to compare in this response, beside those of the file.</summary>
    public IReadOnlyList<string> Ignored { get; init; } = [];

    /// <summary>Headers to compare in this response although the list leaves them out.</summary>
    public IReadOnlyList<string> Compared { get; init; } = [];

    /// <summary>The status code and reason, masks allowed: <c>200 OK</c>.</summary>
    public required string Status { get; init; }

    /// <summary>The line of the status line, from 1.</summary>
    public int StatusLine { get; init; }

    public IReadOnlyList<ExpectedHeader> Headers { get; init; } = [];

    public ExpectedBody Body { get; init; } = ExpectedBody.Empty;

    /// <summary>The section as it stands in the file, so that an update leaves alone what still fits; null for a new one.</summary>
    public string? Source { get; init; }
}
