using IsapiHost.Modules;

namespace IsapiHost.Cli.Hosting;

/// <summary>
/// Loads all modules before the pipeline is built, so that the user reads about every one that fails, not about the first only.
/// </summary>
internal static class ModuleLoading
{
    /// <summary>Loads the filters and the modules of the handlers.</summary>
    /// <param name="modules">The application's modules; they keep what was loaded, unless something failed.</param>
    /// <param name="handlers">Which files, and the URLs that lead to them.</param>
    /// <param name="filters">The files of filters.</param>
    /// <param name="failures">A sentence for each module that could not be loaded.</param>
    /// <returns>The loaded modules, filters first, in the order of the settings.</returns>
    public static IReadOnlyList<LoadedModule> LoadAll(
        IsapiModules modules, IReadOnlyList<HandlerMapping> handlers, IReadOnlyList<string> filters, out IReadOnlyList<string> failures)
    {
        List<string> failed = [];
        List<LoadedModule> loaded = [];
        foreach (string file in filters.Distinct())
        {
            TryLoad(() => LoadedModule.From(modules.LoadFilter(file)));
        }

        foreach (IGrouping<string, HandlerMapping> file in handlers.GroupBy(handler => handler.ModulePath))
        {
            TryLoad(() => LoadedModule.From(modules.LoadExtension(file.Key), file));
        }

        if (failed.Count > 0)
        {
            // The others were started for nothing, but they were started.
            modules.Terminate(unload: false);
        }

        failures = failed;
        return loaded;

        void TryLoad(Func<LoadedModule> load)
        {
            try
            {
                loaded.Add(load());
            }
            catch (ModuleLoadException e)
            {
                failed.Add(e.Message);
            }
        }
    }
}
