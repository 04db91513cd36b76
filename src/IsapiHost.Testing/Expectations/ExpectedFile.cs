using IsapiHost.Testing.HttpFiles;

namespace IsapiHost.Testing.Expectations;

/// <summary>The expected answers to the requests of one <c>.http</c> file.</summary>
internal sealed class ExpectedFile(string path, IReadOnlyList<string> preamble, IReadOnlyList<ExpectedAnswer> answers)
{
    public string Path { get; } = path;

    /// <summary>The lines before the first answer.</summary>
    public IReadOnlyList<string> Preamble { get; } = preamble;

    public IReadOnlyList<ExpectedAnswer> Answers { get; } = answers;

    /// <summary>Headers not to compare in any answer.</summary>
    public IReadOnlyList<string> Ignored { get; init; } = [];

    /// <summary>Headers to compare in all answers although the list leaves them out.</summary>
    public IReadOnlyList<string> Compared { get; init; } = [];

    /// <summary>The file's answers; null if there is no such file.</summary>
    public static ExpectedFile? ReadIfPresent(string path) =>
        File.Exists(path) ? new ExpectedFileParser(path).Parse(FileText.Read(path, "Write it with --update.")) : null;

    public ExpectedAnswer? Find(string name) => Answers.FirstOrDefault(a => a.Name.Equals(name, StringComparison.OrdinalIgnoreCase));

    public IgnoredHeaders IgnoredIn(ExpectedAnswer? answer, IgnoredHeaders ignored) =>
        ignored.With(Ignored).Without(Compared).With(answer?.Ignored ?? []).Without(answer?.Compared ?? []);
}
