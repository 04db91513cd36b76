namespace IsapiHost.Modules.Loading;

/// <summary>A library that keeps a module from loading.</summary>
/// <param name="Name">The library as it is named where it is needed.</param>
/// <param name="NeededBy">The file name of the module or library that needs it.</param>
/// <param name="Found">The file that was found under that name but does not fit the module; null if there is none.</param>
internal sealed record DependencyFault(string Name, string NeededBy, ModuleImage? Found);
