namespace IsapiHost.Hosting.Settings;

/// <summary>Guesses which known name a mistyped one was meant to be.</summary>
internal static class NearestName
{
    /// <summary>The sentence on an unknown setting: the name that was meant, or all that are known.</summary>
    public static string Remedy(string typed, IEnumerable<string> known) => Find(typed, known) is { } nearest
        ? $"unknown setting. Did you mean {nearest}?"
        : $"unknown setting. Known are {string.Join(", ", known)}.";

    /// <summary>The known name with the fewest changed letters, or null where none is close enough to be a typing mistake.</summary>
    public static string? Find(string typed, IEnumerable<string> known)
    {
        string? nearest = null;
        int fewest = Math.Max(2, typed.Length / 3) + 1;
        foreach (string name in known)
        {
            int changes = ChangedLetters(typed.ToUpperInvariant(), name.ToUpperInvariant());
            if (changes < fewest)
            {
                (nearest, fewest) = (name, changes);
            }
        }

        return nearest;
    }

    // Levenshtein's distance, one row at a time.
    private static int ChangedLetters(string from, string to)
    {
        int[] row = [.. Enumerable.Range(0, to.Length + 1)];
        for (int i = 1; i <= from.Length; i++)
        {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= to.Length; j++)
            {
                int replaced = diagonal + (from[i - 1] == to[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(replaced, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[to.Length];
    }
}
