using IsapiHost.Modules;

namespace IsapiHost.Cli.Inspecting;

/// <summary>What a module answers once it is loaded.</summary>
internal sealed record LoadedAnswers
{
    private static readonly TimeSpan _terminationLimit = TimeSpan.FromSeconds(10);

    /// <summary>GetExtensionVersion's answer; null if the module is no extension.</summary>
    public LoadedExtension? Extension { get; private init; }

    /// <summary>GetFilterVersion's answer; null if the module is no filter.</summary>
    public LoadedFilter? Filter { get; private init; }

    /// <summary>Why the module could not be loaded; null if it could.</summary>
    public string? Failure { get; private init; }

    /// <summary>Loads the module, asks, and ends it; it stays in memory, since the process ends next.</summary>
    public static LoadedAnswers Ask(ModuleImage image)
    {
        try
        {
            return new LoadedAnswers
            {
                Extension = image.IsExtension || !image.IsFilter
                    ? Ask(ExtensionModule.Load(image.Path), module => new LoadedExtension(module.Version, module.Description))
                    : null,
                Filter = image.IsFilter ? Ask(FilterModule.Load(image.Path), LoadedFilter.From) : null,
            };
        }
        catch (ModuleLoadException e)
        {
            return new LoadedAnswers { Failure = e.Message };
        }
    }

    private static TAnswer Ask<TModule, TAnswer>(TModule module, Func<TModule, TAnswer> ask)
        where TModule : IsapiModule
    {
        TAnswer answer = ask(module);
        module.Terminate(_terminationLimit, unload: false);
        return answer;
    }
}
