namespace IsapiHost.Cli.Testing;

/// <summary>Finds the <c>.http</c> files that the arguments name: files, folders and patterns.</summary>
internal static class TestFiles
{
    private static readonly string[] _endings = [".http", ".rest"];

    /// <summary>Whether an argument names requests, and not a module.</summary>
    public static bool AreNamedBy(string input) =>
        Directory.Exists(input) || _endings.Any(ending => input.EndsWith(ending, StringComparison.OrdinalIgnoreCase));

    /// <summary>The files in the order given, those of a folder by name.</summary>
    public static string[] Expand(IEnumerable<string> inputs, List<string> faults) =>
        [.. inputs.SelectMany(input => Expand(input, faults))];

    private static string[] Expand(string input, List<string> faults)
    {
        if (Directory.Exists(input))
        {
            return Found(input, input, "*", SearchOption.AllDirectories, faults);
        }

        // The command prompt of Windows leaves patterns to the program.
        var name = Path.GetFileName(input);
        if (name.AsSpan().ContainsAny('*', '?') && !File.Exists(input))
        {
            var folder = Path.GetDirectoryName(input) is { Length: > 0 } given ? given : ".";
            return Directory.Exists(folder) ? Found(input, folder, name, SearchOption.TopDirectoryOnly, faults) : NotFound(input, faults);
        }

        return File.Exists(input) ? [input] : NotFound(input, faults);
    }

    private static string[] Found(string input, string folder, string pattern, SearchOption depth, List<string> faults)
    {
        string[] files = [.. Directory.EnumerateFiles(folder, pattern, depth)
            .Where(file => _endings.Contains(Path.GetExtension(file), StringComparer.OrdinalIgnoreCase)).Order(StringComparer.Ordinal)];
        return files.Length > 0 ? files : NotFound(input, faults);
    }

    private static string[] NotFound(string input, List<string> faults)
    {
        faults.Add($"{input}: there is no such .http file. Name files that end in .http or .rest, or a folder with such files.");
        return [];
    }
}
