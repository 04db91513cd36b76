using IsapiHost.Testing.Files;

namespace IsapiHost.Testing.Variables;

/// <summary>The <c>.env</c> file that <c>$dotenv</c> reads: lines such as <c>NAME=value</c>.</summary>
internal sealed class DotEnvFile
{
    private const string Name = ".env";

    private readonly Dictionary<string, string> _values = new(StringComparer.Ordinal);

    private DotEnvFile(string? path)
    {
        Path = path;
    }

    /// <summary>The file; null if there is none.</summary>
    public string? Path { get; }

    /// <summary>Reads the nearest file: beside the <c>.http</c> file, or in a folder above.</summary>
    /// <exception cref="HttpFileException">It cannot be read.</exception>
    public static DotEnvFile Find(string httpFile)
    {
        var path = NearestFile.Find(httpFile, Name);
        DotEnvFile file = new(path);
        foreach (var line in path is null ? [] : FileText.Read(path, "Make it readable.").ReplaceLineEndings("\n").Split('\n'))
        {
            file.Read(line.Trim());
        }

        return file;
    }

    public string? this[string name] => _values.GetValueOrDefault(name);

    private void Read(string line)
    {
        const string export = "export ";
        var definition = line.StartsWith(export, StringComparison.Ordinal) ? line[export.Length..] : line;
        var equals = definition.IndexOf('=', StringComparison.Ordinal);
        if (equals > 0 && !definition.StartsWith('#'))
        {
            _values[definition[..equals].Trim()] = Value(definition[(equals + 1)..].Trim());
        }
    }

    // In double quotes \n is a line end; without quotes a comment may follow.
    private static string Value(string text) => text switch
    {
        ['"', .. var quoted, '"'] => quoted.Replace("\\n", "\n", StringComparison.Ordinal).Replace("\\\"", "\"", StringComparison.Ordinal),
        ['\'', .. var quoted, '\''] => quoted,
        _ => text.IndexOf(" #", StringComparison.Ordinal) is >= 0 and var comment ? text[..comment].TrimEnd() : text,
    };
}
