using System.Text.RegularExpressions;

namespace IsapiHost.Docs.Tests;

/// <summary>The fenced blocks of a Markdown page. docs/contributing.md has the rules.</summary>
internal static partial class MarkdownPage
{
    private static readonly string[] _marks = ["not run", "file", "before", "output", "exit code"];

    /// <exception cref="FormatException">A fence has no language, or a mark is unknown; the message names the line.</exception>
    public static List<CodeBlock> Read(string page) => Parse(page, File.ReadAllLines(Path.Combine(Repository.Root, page)));

    /// <inheritdoc cref="Read"/>
    public static List<CodeBlock> Parse(string page, IReadOnlyList<string> lines)
    {
        List<CodeBlock> blocks = [];
        Dictionary<string, string> marks = [];
        for (var i = 0; i < lines.Count; i++)
        {
            if (Fence().Match(lines[i]) is { Success: true } fence)
            {
                var opening = i;
                var closing = fence.Groups["indent"].Value + "```";
                var indent = fence.Groups["indent"].Length;
                List<string> text = [];
                while (++i < lines.Count && lines[i].TrimEnd() != closing)
                {
                    text.Add(lines[i].Length >= indent ? lines[i][indent..] : lines[i]);
                }

                var language = fence.Groups["language"].Value;
                if (language.Length == 0)
                {
                    throw new FormatException($"{page}:{opening + 1}: the fence has no language. Write sh, csharp, json, …, or text.");
                }

                blocks.Add(new CodeBlock(page, opening + 1, language, string.Concat(text.Select(line => line + "\n")), marks));
                marks = [];
            }
            else if (Mark().Match(lines[i]) is { Success: true } mark)
            {
                var name = mark.Groups["name"].Value;
                if (!_marks.Contains(name) || (name != "output") == string.IsNullOrEmpty(mark.Groups["value"].Value))
                {
                    throw new FormatException($"{page}:{i + 1}: \"{lines[i]}\" is no mark. Marks are {string.Join(", ", _marks)}; see docs/contributing.md.");
                }

                marks[name] = mark.Groups["value"].Value;
            }
            else if (lines[i].Length > 0)
            {
                if (marks.Count > 0)
                {
                    throw new FormatException($"{page}:{i + 1}: a mark stands directly above its block, with nothing between.");
                }
            }
        }

        return blocks;
    }

    [GeneratedRegex(@"^(?<indent> *)```(?<language>\S*)\s*$")]
    private static partial Regex Fence();

    [GeneratedRegex(@"^ *<!-- (?<name>[a-z ]+?)(?:: (?<value>.+?))? -->\s*$")]
    private static partial Regex Mark();
}
