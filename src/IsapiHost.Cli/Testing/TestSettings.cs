using IsapiHost.Testing;
using IsapiHost.Testing.Expectations;

namespace IsapiHost.Cli.Testing;

/// <summary>What <c>test</c> was told to do, all checked.</summary>
internal sealed record TestSettings
{
    private static readonly string[] _endings = [".http", ".rest"];

    /// <summary>The extension under test; null where only a target is.</summary>
    public string? Module { get; private init; }

    /// <summary>The server to send to instead.</summary>
    public Uri? Target { get; private init; }

    /// <summary>The <c>.http</c> files in the order given, those of a folder by name.</summary>
    public required IReadOnlyList<string> Files { get; init; }

    public required IReadOnlyList<string> Patterns { get; init; }

    public required IReadOnlyDictionary<string, string> Variables { get; init; }

    public required IReadOnlyList<string> IgnoredHeaders { get; init; }

    /// <summary>Which requests are sent; null for all.</summary>
    public RequestFilter? Filter { get; private init; }

    public string? JUnitPath { get; private init; }

    public bool Update { get; private init; }

    /// <exception cref="BadTestInputException">Something is wrong; every fault is named.</exception>
    public static TestSettings Create(
        string[] inputs, string? target, string[] patterns, string[] variables, string[] ignoredHeaders, string? junit, bool update, string? filter)
    {
        List<string> faults = [];
        string? module = IsRequests(inputs[0]) ? null : inputs[0];
        string[] files = [.. inputs.Skip(module is null ? 0 : 1).SelectMany(input => Expand(input, faults))];
        if (module is null && target is null)
        {
            faults.Add($"test: the first argument, '{inputs[0]}', is no module. Write isapihost test ./ext.dll FILES, or name a server with --target.");
        }

        if (files.Length == 0 && faults.Count == 0)
        {
            faults.Add("test: there is no .http file to send. Name files or a folder after the module.");
        }

        Uri? server = target is null ? null : TargetUrl.Parse(target, faults);
        Dictionary<string, string> values = module is null ? [] : new() { ["module"] = Path.GetFileName(module) };
        foreach (string[] pair in variables.Select(v => v.Split('=', 2)))
        {
            if (pair.Length == 2 && pair[0].Length > 0)
            {
                values[pair[0]] = pair[1];
            }
            else
            {
                faults.Add($"--set {pair[0]}: this sets no variable. Write --set NAME=VALUE.");
            }
        }

        TestSettings settings = new()
        {
            Module = module,
            Target = server,
            Files = files,
            Patterns = patterns,
            Variables = values,
            IgnoredHeaders = ignoredHeaders,
            JUnitPath = junit,
            Update = update,
            Filter = filter is null ? null : new RequestFilter(filter),
        };
        CheckPatterns(settings, faults);
        return faults.Count == 0 ? settings : throw new BadTestInputException(faults);
    }

    /// <summary>Hands the module to the host.</summary>
    public void AddTo(IsapiTestHostOptions options)
    {
        options.LogLevel = Microsoft.Extensions.Logging.LogLevel.Warning;
        if (Patterns.Count == 0)
        {
            options.AddExtension(Module!);
        }

        foreach (string pattern in Patterns)
        {
            options.Map(pattern, Module!);
        }
    }

    public HttpFileRunner CreateRunner(HttpClient client, IsapiTestHost? host, IProgress<HttpFileRequestReport> progress) => new(client)
    {
        Host = host,
        Filter = request => Filter?.Takes(request) != false,
        Update = Update,
        Variables = Variables,
        IgnoredHeaders = IsapiHost.Testing.Expectations.IgnoredHeaders.Default.With(IgnoredHeaders),
        Progress = progress,
    };

    private static void CheckPatterns(TestSettings settings, List<string> faults)
    {
        try
        {
            if (settings.Module is not null)
            {
                settings.AddTo(new IsapiTestHostOptions());
            }
        }
        catch (FormatException e)
        {
            faults.Add($"--map: {e.Message}");
        }
    }

    private static bool IsRequests(string input) =>
        Directory.Exists(input) || _endings.Any(ending => input.EndsWith(ending, StringComparison.OrdinalIgnoreCase));

    private static string[] Expand(string input, List<string> faults)
    {
        if (Directory.Exists(input))
        {
            return Found(input, input, "*", SearchOption.AllDirectories, faults);
        }

        // The command prompt of Windows leaves patterns to the program.
        string name = Path.GetFileName(input);
        if (name.AsSpan().ContainsAny('*', '?') && !File.Exists(input))
        {
            string folder = Path.GetDirectoryName(input) is { Length: > 0 } given ? given : ".";
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
