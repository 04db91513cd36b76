namespace IsapiHost.Docs.Tests;

/// <summary>A fenced block of a page, with the marks above it.</summary>
/// <param name="Page">The file, relative to the repository's root.</param>
/// <param name="Line">The line of the opening fence, from 1.</param>
/// <param name="Language">What stands behind the fence.</param>
/// <param name="Text">What stands between the fences; ends with a line end.</param>
/// <param name="Marks">The comments above it, by name.</param>
internal sealed record CodeBlock(string Page, int Line, string Language, string Text, IReadOnlyDictionary<string, string> Marks)
{
    /// <summary>Why this block is not checked here.</summary>
    public string? NotRun => Marks.GetValueOrDefault("not run");

    /// <summary>The file that the block is written to, relative to the page's folder.</summary>
    public string? File => Marks.GetValueOrDefault("file");

    /// <summary>Shell lines that readers need not see, run first.</summary>
    public string? Before => Marks.GetValueOrDefault("before");

    /// <summary>Whether the block shows what the shell block before it prints.</summary>
    public bool IsOutput => Marks.ContainsKey("output");

    /// <summary>The exit code that the shell block ends with.</summary>
    public int ExitCode => Marks.TryGetValue("exit code", out var code) ? int.Parse(code, System.Globalization.CultureInfo.InvariantCulture) : 0;

    public override string ToString() => $"{Page}:{Line}";
}
