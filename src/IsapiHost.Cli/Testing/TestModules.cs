using IsapiHost.Testing;

namespace IsapiHost.Cli.Testing;

/// <summary>The modules under test, and the URLs of the extensions.</summary>
internal sealed class TestModules
{
    private readonly List<(string Pattern, string Path)> _extensions = [];
    private readonly IReadOnlyList<string> _filters;

    private TestModules(IReadOnlyList<string> filters)
    {
        _filters = filters;
    }

    /// <summary>The file name of the first extension, for <c>{{module}}</c>; null if there is none.</summary>
    public string? Name => _extensions.Count > 0 ? Path.GetFileName(_extensions[0].Path) : null;

    public bool Any => _extensions.Count > 0 || _filters.Count > 0;

    /// <param name="module">The first argument; null if it names requests.</param>
    /// <param name="arguments">The options.</param>
    /// <param name="faults">Takes what is wrong.</param>
    public static TestModules Read(string? module, TestArguments arguments, List<string> faults)
    {
        TestModules modules = new(arguments.Filters);
        var own = arguments.Maps.Where(map => !map.Contains('=', StringComparison.Ordinal)).ToList();
        if (module is not null)
        {
            modules._extensions.AddRange(own.Count > 0 ? own.Select(pattern => (pattern, module)) : [(AtFileName(module), module)]);
        }
        else
        {
            faults.AddRange(own.Select(pattern =>
                $"--map {pattern}: there is no module for it. Write --map PATTERN=PATH, or name the module first."));
        }

        modules._extensions.AddRange(arguments.Dlls.Select(dll => (AtFileName(dll), dll)));
        foreach (var pair in arguments.Maps.Except(own).Select(map => map.Split('=', 2, StringSplitOptions.TrimEntries)))
        {
            modules._extensions.Add((pair[0], pair[1]));
        }

        modules.Check(faults);
        return modules;
    }

    /// <summary>Hands the modules to the host.</summary>
    public void AddTo(IsapiTestHostOptions options)
    {
        foreach (var (pattern, path) in _extensions)
        {
            options.Map(pattern, path);
        }

        foreach (var filter in _filters)
        {
            options.AddFilter(filter);
        }
    }

    private static string AtFileName(string module) => $"/{Path.GetFileName(module)}";

    private void Check(List<string> faults)
    {
        foreach (var (pattern, path) in _extensions)
        {
            try
            {
                new IsapiTestHostOptions().Map(pattern, path);
            }
            catch (Exception e) when (e is FormatException or ArgumentException)
            {
                faults.Add($"--map {pattern}: {e.Message}");
            }
        }

        // Until there was --name, --filter chose requests.
        faults.AddRange(_filters.Where(filter => !File.Exists(filter)).Select(filter =>
            $"--filter {filter}: there is no such file. Name the file of an ISAPI filter; "
                + $"to choose requests by their names write --name {filter}."));
        var patterns = _extensions.GroupBy(extension => extension.Pattern, StringComparer.OrdinalIgnoreCase);
        foreach (var duplicate in patterns.Where(group => group.Count() > 1))
        {
            faults.Add($"{duplicate.Key} is given to {string.Join(" and to ", duplicate.Select(extension => extension.Path))}. "
                + "Give one of them another address with --map PATTERN=PATH.");
        }
    }
}
