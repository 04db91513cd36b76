namespace IsapiHost.Modules;

/// <summary>A library that a module names as needed.</summary>
/// <param name="Name">The name as it stands in the module: a Windows import table entry, or an ELF <c>DT_NEEDED</c> entry.</param>
/// <param name="IsDelayed">
/// True for a Windows delay import: the library is loaded at the first call into it, so the module itself loads without it.
/// </param>
public sealed record ImportedLibrary(string Name, bool IsDelayed);
