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

    /// <summary>Loads the module, asks, and takes it out of memory again.</summary>
    public static LoadedAnswers Ask(ModuleImage image)
    {
        try
        {
            return new LoadedAnswers
            {
                Extension = image.IsExtension || !image.IsFilter ? AskExtension(image.Path) : null,
                Filter = image.IsFilter ? LoadedFilter.From(FilterDeclaration.Ask(image.Path, _terminationLimit)) : null,
            };
        }
        catch (ModuleLoadException e)
        {
            return new LoadedAnswers { Failure = e.Message };
        }
    }

    private static LoadedExtension AskExtension(string path)
    {
        ExtensionModule module = ExtensionModule.Load(path);
        LoadedExtension answer = new(module.Version, module.Description);
        module.Terminate(_terminationLimit, unload: true);
        return answer;
    }
}
