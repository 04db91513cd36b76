namespace IsapiHost.Modules;

/// <summary>The version resource of a Windows file (<c>VS_VERSIONINFO</c>): what Explorer shows on its page "Details". Immutable.</summary>
/// <param name="FileVersion">The version of the file, four numbers of 16 bits.</param>
/// <param name="ProductVersion">The version of the product that it belongs to.</param>
/// <param name="Strings">
/// The texts of the first language, such as CompanyName, FileDescription and LegalCopyright; at most 64 of at most 1,024 characters, without
/// control characters.
/// </param>
public sealed record ModuleFileVersion(Version FileVersion, Version ProductVersion, IReadOnlyDictionary<string, string> Strings);
