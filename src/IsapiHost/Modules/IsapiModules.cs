using IsapiHost.Modules.Loading;

namespace IsapiHost.Modules;

/// <summary>The modules that one application has loaded. Thread-safe.</summary>
public sealed class IsapiModules
{
    private static readonly TimeSpan s_terminationLimit = TimeSpan.FromSeconds(10);

    private readonly Lock _gate = new();
    private readonly Dictionary<string, ExtensionModule> _extensions = new(CanonicalPath.Comparer);
    private readonly Dictionary<string, FilterModule> _filters = new(CanonicalPath.Comparer);

    /// <summary>The filters, in the order in which they were loaded; the order in which they are called depends on their priorities as well.</summary>
    public IReadOnlyList<FilterModule> Filters
    {
        get
        {
            lock (_gate)
            {
                return [.. _filters.Values];
            }
        }
    }

    /// <summary>The extensions, in the order in which they were loaded.</summary>
    public IReadOnlyList<ExtensionModule> Extensions
    {
        get
        {
            lock (_gate)
            {
                return [.. _extensions.Values];
            }
        }
    }

    /// <summary>The extension in a file; it is loaded the first time.</summary>
    /// <exception cref="ModuleLoadException">It cannot be loaded; the message says why and what to do.</exception>
    internal ExtensionModule LoadExtension(string path) => Load(_extensions, path, ExtensionModule.Load);

    /// <summary>The filter in a file; it is loaded the first time.</summary>
    /// <exception cref="ModuleLoadException">It cannot be loaded; the message says why and what to do.</exception>
    internal FilterModule LoadFilter(string path) => Load(_filters, path, FilterModule.Load);

    /// <summary>Calls TerminateFilter and TerminateExtension of each; no request may come any more.</summary>
    /// <param name="inUse">Some requests were abandoned: their threads may still be in the modules, which must stay in memory.</param>
    /// <param name="ended">Is told of each, and whether it came back.</param>
    internal void Terminate(bool inUse, Action<string, bool> ended)
    {
        lock (_gate)
        {
            foreach (IsapiModule module in (IsapiModule[])[.. _filters.Values, .. _extensions.Values])
            {
                ended(module.Path, module.Terminate(s_terminationLimit, unload: !inUse));
            }

            _filters.Clear();
            _extensions.Clear();
        }
    }

    private T Load<T>(Dictionary<string, T> modules, string path, Func<string, T> load)
    {
        path = Path.GetFullPath(path);
        lock (_gate)
        {
            if (!modules.TryGetValue(path, out var module))
            {
                module = load(path);
                modules.Add(path, module);
            }

            return module;
        }
    }
}
