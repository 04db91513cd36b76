using System.Text.RegularExpressions;

namespace IsapiHost.Docs.Tests.Checks;

/// <summary>Compares what a page shows as output with what was printed.</summary>
internal static class OutputCheck
{
    /// <summary>Each line shown must have been printed, in this order; other lines may come between. <c>…</c> stands for any text.</summary>
    public static string? FaultOf(string shown, string printed)
    {
        var lines = printed.Split('\n');
        var next = 0;
        foreach (var line in shown.Split('\n').Where(line => line.Trim().Length > 0))
        {
            var pattern = $"^{Regex.Escape(line.Trim()).Replace("…", ".*", StringComparison.Ordinal)}$";
            var found = Array.FindIndex(lines, next, candidate => Regex.IsMatch(candidate.Trim(), pattern));
            if (found < 0)
            {
                return $"not printed: {line.Trim()}\nPrinted was:\n{printed}";
            }

            next = found + 1;
        }

        return null;
    }
}
