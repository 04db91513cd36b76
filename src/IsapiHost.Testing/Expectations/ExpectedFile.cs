using IsapiHost.Testing.Files;

namespace IsapiHost.Testing.Expectations;

/// <summary>The expected responses to the requests of one <c>.http</c> file.</summary>
internal sealed class ExpectedFile(string path, IReadOnlyList<string> preamble, IReadOnlyList<ExpectedResponse> responses)
{
    public string Path { get; } = path;

    /// <summary>The lines before the first response.</summary>
    public IReadOnlyList<string> Preamble { get; } = preamble;

    public IReadOnlyList<ExpectedResponse> Responses { get; } = responses;

    /// <summary>Headers not to compare in any response.</summary>
    public IReadOnlyList<string> Ignored { get; init; } = [];

    /// <summary>Headers to compare in all responses although the list leaves them out.</summary>
    public IReadOnlyList<string> Compared { get; init; } = [];

    /// <summary>The file's responses; null if there is no such file.</summary>
    public static ExpectedFile? ReadIfPresent(string path) =>
        File.Exists(path) ? new ExpectedFileParser(path).Parse(FileText.Read(path, "Write it with --update.")) : null;

    public ExpectedResponse? Find(string name) => Responses.FirstOrDefault(a => a.Name.Equals(name, StringComparison.OrdinalIgnoreCase));

    public IgnoredHeaders IgnoredIn(ExpectedResponse? response, IgnoredHeaders ignored) =>
        ignored.With(Ignored).Without(Compared).With(response?.Ignored ?? []).Without(response?.Compared ?? []);
}
