using System.Collections.Concurrent;

namespace IsapiHost.Docs.Tests;

/// <summary>Every block of the docs does what it says. Run them with <c>eng/check-docs.sh</c>, which gives them a network of their own.</summary>
public sealed class BlockTests
{
    private static readonly ConcurrentDictionary<string, Lazy<Task<IReadOnlyDictionary<int, BlockResult>>>> _runs = new();

    /// <summary>The blocks of all pages, or of those in ISAPIHOST_DOCS_PAGES.</summary>
    public static IEnumerable<TheoryDataRow<string, int>> Blocks()
    {
        var asked = Environment.GetEnvironmentVariable("ISAPIHOST_DOCS_PAGES")?.Split(' ', StringSplitOptions.RemoveEmptyEntries) ?? [];
        foreach (var page in Repository.Pages().Where(page => asked.Length == 0 || asked.Contains(page)))
        {
            foreach (var block in MarkdownPage.Read(page).Where(block => block.Language != "text" || block.IsOutput))
            {
                yield return new TheoryDataRow<string, int>(page, block.Line) { TestDisplayName = $"{page}:{block.Line} {block.Language}" };
            }
        }
    }

    [Theory, MemberData(nameof(Blocks))]
    public async Task A_block_does_what_it_says(string page, int line)
    {
        Assert.SkipUnless(
            Environment.GetEnvironmentVariable("ISAPIHOST_OWN_NETWORK") == "1", "needs a network of its own (ports 80, 443, 8080): run eng/check-docs.sh");

        // The first block of a page to be asked for runs them all: later ones build on earlier ones.
        var results = await _runs.GetOrAdd(page, page => new(() => PageRun.CheckAsync(page))).Value;
        var result = results[line];
        Assert.SkipWhen(result.Skipped is not null, result.Skipped ?? "");
        Assert.True(result.Failure is null, $"{page}:{line}: {result.Failure}");
    }
}
