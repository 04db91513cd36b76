namespace IsapiHost.Docs.Tests;

public sealed class MarkdownPageTests
{
    [Fact]
    public void A_block_has_its_language_its_line_and_its_marks()
    {
        var block = Assert.Single(Parse("# Title", "", "<!-- before: mkdir x -->", "<!-- exit code: 2 -->", "```sh", "isapihost --dlls", "```"));

        Assert.Equal(("sh", 5, "isapihost --dlls\n"), (block.Language, block.Line, block.Text));
        Assert.Equal(("mkdir x", 2), (block.Before, block.ExitCode));
    }

    [Fact]
    public void A_block_of_a_list_loses_its_indent() =>
        Assert.Equal("{\n  }\n", Assert.Single(Parse("1. First", "   ```json", "   {", "     }", "   ```")).Text);

    [Theory]
    [InlineData("```|x|```")]
    [InlineData("<!-- not-run: y -->|<!-- nothing: z -->|```sh|x|```")]
    [InlineData("<!-- not run -->|```sh|x|```")]
    [InlineData("<!-- not run: y -->|text|```sh|x|```")]
    public void A_fence_without_language_and_a_mark_that_means_nothing_are_named(string lines) =>
        Assert.StartsWith("page.md:", Assert.Throws<FormatException>(() => Parse(lines.Split('|'))).Message, StringComparison.Ordinal);

    [Fact]
    public void Every_page_can_be_read() => Assert.All(Repository.Pages(), page => MarkdownPage.Read(page));

    private static List<CodeBlock> Parse(params string[] lines) => MarkdownPage.Parse("page.md", lines);
}
