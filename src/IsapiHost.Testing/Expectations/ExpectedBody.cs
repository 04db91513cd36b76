namespace IsapiHost.Testing.Expectations;

/// <summary>The body of an expected response as it stands in its file.</summary>
internal sealed record ExpectedBody
{
    public static readonly ExpectedBody Empty = new() { FinalNewlines = 0 };

    public ExpectedBodyKind Kind { get; init; }

    /// <summary>The lines of text with their masks, escapes taken out; without those line ends that <see cref="FinalNewlines"/> counts.</summary>
    public IReadOnlyList<string> Lines { get; init; } = [];

    /// <summary>How many line ends there are after the last line that is not empty: 1 by default.</summary>
    public int FinalNewlines { get; init; } = 1;

    /// <summary>Whether the lines end with CRLF.</summary>
    public bool IsCrLf { get; init; }

    /// <summary>Whether the text's characters are bytes (Latin-1) instead of UTF-8.</summary>
    public bool IsLatin1 { get; init; }

    /// <summary>The bytes, for base64.</summary>
    public ReadOnlyMemory<byte> Bytes { get; init; }

    /// <summary>The name of the file beside, for <see cref="ExpectedBodyKind.File"/>.</summary>
    public string FileName { get; init; } = "";

    /// <summary>The line in the file where it begins, for messages.</summary>
    public int Line { get; init; }
}
