using IsapiHost.Diagnostics;
using IsapiHost.Modules.Loading;
using Microsoft.Extensions.Logging;

namespace IsapiHost.Modules;

/// <summary>The modules that one application has loaded. Thread-safe.</summary>
public sealed class IsapiModules
{
    private static readonly TimeSpan _terminationLimit = TimeSpan.FromSeconds(10);

    private readonly ModuleLog _log;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, ExtensionModule> _extensions = new(CanonicalPath.Comparer);
    private readonly Dictionary<string, FilterModule> _filters = new(CanonicalPath.Comparer);

    internal IsapiModules(ILoggerFactory loggers) => _log = new ModuleLog(loggers.CreateLogger("IsapiHost.Modules"));

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
    /// <param name="unload">
    /// Whether they are taken out of memory. Only a process that lives on does so, and only when all threads that ran their code have ended.
    /// </param>
    /// <param name="ended">Told of each by its path.</param>
    internal void Terminate(bool unload, Action<string>? ended = null)
    {
        lock (_gate)
        {
            foreach (var module in (IsapiModule[])[.. _filters.Values, .. _extensions.Values])
            {
                if (module.Terminate(_terminationLimit, unload) is { } call)
                {
                    _log.Hangs(module.Path, call, _terminationLimit.TotalSeconds);
                }

                ended?.Invoke(module.Path);
            }

            _filters.Clear();
            _extensions.Clear();
        }
    }

    private T Load<T>(Dictionary<string, T> modules, string path, Func<string, Action<string>?, T> load)
    {
        path = Path.GetFullPath(path);
        lock (_gate)
        {
            if (!modules.TryGetValue(path, out var module))
            {
                module = load(path, call => _log.StartIsSlow(path, call));
                modules.Add(path, module);
            }

            return module;
        }
    }
}
