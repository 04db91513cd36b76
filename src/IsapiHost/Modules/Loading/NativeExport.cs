namespace IsapiHost.Modules.Loading;

/// <summary>A function that a module exports.</summary>
/// <param name="Name">The plain C name.</param>
/// <param name="ArgumentBytes">The bytes of its arguments on 32-bit x86, which compilers add to the name of a <c>__stdcall</c> function.</param>
internal sealed record NativeExport(string Name, int ArgumentBytes)
{
    /// <summary>The plain name, then as Microsoft's and mingw's linkers export it when there is no <c>.def</c> file.</summary>
    public IReadOnlyList<string> Spellings { get; } = [Name, $"_{Name}@{ArgumentBytes}", $"{Name}@{ArgumentBytes}"];
}
