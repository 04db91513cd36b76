using IsapiHost.Modules;

namespace IsapiHost.Cli.Hosting;

/// <summary>What the banner says about a module.</summary>
/// <param name="Path">The file.</param>
/// <param name="Kind">"extension" or "filter".</param>
/// <param name="Version">What the module says its version is.</param>
/// <param name="Description">What the module says it is; its own text, not to be trusted.</param>
/// <param name="Platform">Bitness and processor: "64-bit x64".</param>
/// <param name="Handlers">The URLs that it answers.</param>
internal sealed record LoadedModule(
    string Path, string Kind, Version Version, string Description, string Platform, IReadOnlyList<HandlerMapping> Handlers)
{
    /// <summary>An extension and the handlers that lead to it.</summary>
    public static LoadedModule From(ExtensionModule extension, IEnumerable<HandlerMapping> handlers) =>
        new(extension.Path, "extension", extension.Version, extension.Description, PlatformOf(extension.Image), [.. handlers]);

    /// <summary>A filter.</summary>
    public static LoadedModule From(FilterModule filter) =>
        new(filter.Path, "filter", filter.Version, filter.Description, PlatformOf(filter.Image), []);

    private static string PlatformOf(ModuleImage image) =>
        $"{(image.Is64Bit ? "64-bit" : "32-bit")} {ModuleImage.ProcessorName(image.Architecture)}";
}
