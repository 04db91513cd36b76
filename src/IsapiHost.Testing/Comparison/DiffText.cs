using System.Globalization;
using System.Text;
using IsapiHost.Testing.Messages;

namespace IsapiHost.Testing.Comparison;

/// <summary>Writes a diff for people: <c>-</c> expected, <c>+</c> received, three lines around each change.</summary>
internal static class DiffText
{
    private const int Context = 3;
    private const int MostLines = 100;
    private const int Width = 160;

    public static string Write(List<DiffLine> diff, IReadOnlyList<string> expected, IReadOnlyList<string> actual)
    {
        StringBuilder text = new("  - expected   + received");
        int written = 0, last = -1;
        for (int i = 0; i < diff.Count; i++)
        {
            if (!IsNearChange(diff, i))
            {
                continue;
            }

            if (written++ == MostLines)
            {
                text.Append("\n  … and more");
                break;
            }

            text.Append(i == last + 1 ? "" : "\n  …");
            last = i;
            string content = diff[i].Actual >= 0 ? actual[diff[i].Actual] : expected[diff[i].Expected];
            int number = 1 + (diff[i].Actual >= 0 ? diff[i].Actual : diff[i].Expected);
            char mark = diff[i].IsSame ? ' ' : diff[i].Actual >= 0 ? '+' : '-';
            text.Append(CultureInfo.InvariantCulture, $"\n  {mark} {number,4} | {Shorten(content, FirstChange(diff, i, expected, actual))}");
        }

        return text.ToString();
    }

    private static bool IsNearChange(List<DiffLine> diff, int index)
    {
        int end = Math.Min(diff.Count - 1, index + Context);
        for (int i = Math.Max(0, index - Context); i <= end; i++)
        {
            if (!diff[i].IsSame)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Where a long line begins to differ from its neighbour of the other side, so that this place is shown.</summary>
    private static int FirstChange(List<DiffLine> diff, int i, IReadOnlyList<string> expected, IReadOnlyList<string> actual)
    {
        DiffLine line = diff[i];
        if (line.IsSame)
        {
            return 0;
        }

        DiffLine other = line.Actual < 0 && i + 1 < diff.Count ? diff[i + 1] : line.Expected < 0 && i > 0 ? diff[i - 1] : line;
        if (other.IsSame || (other.Actual < 0) == (line.Actual < 0))
        {
            return 0;
        }

        string first = expected[Math.Max(line.Expected, other.Expected)];
        string second = actual[Math.Max(line.Actual, other.Actual)];
        return first.AsSpan().CommonPrefixLength(second);
    }

    private static string Shorten(string line, int change)
    {
        if (line.Length <= Width)
        {
            return Ended(TextDisplay.Show(line));
        }

        int start = Math.Clamp(change - (Width / 2), 0, line.Length - Width);
        return $"{(start > 0 ? "…" : "")}{TextDisplay.Show(line.Substring(start, Width))}{(start + Width < line.Length ? "…" : "")}";
    }

    // Spaces at the end of a line are invisible otherwise.
    private static string Ended(string line) => line.EndsWith(' ') ? $"{line[..^1]}·" : line;
}
