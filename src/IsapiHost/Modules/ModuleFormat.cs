namespace IsapiHost.Modules;

/// <summary>The file format of a module.</summary>
public enum ModuleFormat
{
    /// <summary>Neither format was recognised, or the headers are damaged: see <see cref="ModuleImage.Fault"/>.</summary>
    Unknown,

    /// <summary>The format of Windows DLLs and programs (PE32 and PE32+).</summary>
    PortableExecutable,

    /// <summary>The format of Linux shared objects and programs.</summary>
    Elf,
}
