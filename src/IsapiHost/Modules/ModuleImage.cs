using IsapiHost.Modules.Images;
using IsapiHost.Modules.Loading;

namespace IsapiHost.Modules;

/// <summary>
/// What the file of a module says about itself, read without loading it or running any of its code.
/// Works for Windows files on Linux and the other way round. Immutable, so safe for any thread.
/// </summary>
public sealed class ModuleImage
{
    internal ModuleImage(string path)
    {
        Path = path;
    }

    /// <summary>The full path of the file.</summary>
    public string Path { get; }

    /// <summary>The file format; <see cref="ModuleFormat.Unknown"/> if the headers could not be read.</summary>
    public ModuleFormat Format { get; internal init; }

    /// <summary>The processor that the code is built for.</summary>
    public ModuleArchitecture Architecture { get; internal init; }

    /// <summary>True for PE32+ and 64-bit ELF files.</summary>
    public bool Is64Bit { get; internal init; }

    /// <summary>True for a DLL or shared object, false for a program.</summary>
    public bool IsLibrary { get; internal init; }

    /// <summary>True if the file ends before the code and data that its headers describe.</summary>
    public bool IsTruncated { get; internal init; }

    /// <summary>True if the file holds .NET metadata. Mixed C++/CLI modules do as well, and can be ISAPI modules.</summary>
    public bool IsDotNetAssembly { get; internal init; }

    /// <summary>
    /// True if a Windows module declares that it runs with hardware-enforced shadow stacks
    /// (<c>IMAGE_DLLCHARACTERISTICS_EX_CET_COMPAT</c> in its debug directory).
    /// </summary>
    public bool IsCetCompatible { get; internal init; }

    /// <summary>The version resource of a Windows file; null if it has none, or none that can be read.</summary>
    public ModuleFileVersion? FileVersion { get; internal init; }

    /// <summary>
    /// The exported names as they stand in the file, decorated or not; at most 65,536 of them and at most 4,096 bytes each.
    /// Exports that have only a number are left out.
    /// </summary>
    public IReadOnlyList<string> Exports { get; internal init; } = [];

    /// <summary>The libraries that the module names as needed, in the order of the file; at most 1,024 of each kind.</summary>
    public IReadOnlyList<ImportedLibrary> Imports { get; internal init; } = [];

    /// <summary>The name by which a Linux shared object is found when others need it (<c>DT_SONAME</c>), if it has one.</summary>
    internal string? SoName { get; init; }

    /// <summary>The folders that a Linux shared object names for what it needs (<c>DT_RUNPATH</c> or <c>DT_RPATH</c>), as they stand in it.</summary>
    internal string? RunPath { get; init; }

    /// <summary>What a Windows module calls to learn or to change the account of its thread; at most a few names.</summary>
    internal IReadOnlyList<string> ThreadTokenImports { get; init; } = [];

    /// <summary>
    /// What is wrong with the file, as the rest of a sentence that begins with "it" ("is a text file");
    /// null if everything could be read. With a known <see cref="Format"/> the other properties hold what could be read.
    /// </summary>
    public string? Fault { get; internal init; }

    /// <summary>True if the file exports what every ISAPI extension must, plain or decorated.</summary>
    public bool IsExtension => Exporting(IsapiExports.GetExtensionVersion) && Exporting(IsapiExports.HttpExtensionProc);

    /// <summary>True if the file exports what every ISAPI filter must, plain or decorated.</summary>
    public bool IsFilter => Exporting(IsapiExports.GetFilterVersion) && Exporting(IsapiExports.HttpFilterProc);

    /// <summary>Reads the file's headers and tables: a few kilobytes, however large the file is.</summary>
    /// <param name="path">The file, absolute or relative to the current folder.</param>
    /// <returns>
    /// Always an image: whatever the file holds, a damaged or foreign one is described by <see cref="Fault"/>, never by an exception.
    /// </returns>
    /// <exception cref="IOException">The file does not exist or cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The path is a folder, or reading it is not allowed.</exception>
    public static ModuleImage Read(string path)
    {
        string fullPath = System.IO.Path.GetFullPath(path);
        using FileStream file = new(fullPath, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete);
        return file.CanSeek ? Read(fullPath, file) : throw new IOException($"'{fullPath}' is a device or a pipe, not a file.");
    }

    internal static ModuleImage Read(string path, Stream stream)
    {
        FileWindow file = new(stream);
        try
        {
            return file switch
            {
                _ when file.StartsWith("MZ"u8) => PortableExecutableReader.Read(path, file),
                _ when file.StartsWith("\u007fELF"u8) => ElfReader.Read(path, file),
                _ => new ModuleImage(path) { Fault = UnknownContent(file) },
            };
        }
        catch (BadImageFormatException fault)
        {
            return new ModuleImage(path) { Fault = fault.Message };
        }
    }

    internal bool Exporting(NativeExport export) => export.Spellings.Any(Exports.Contains);

    /// <summary>The kind of file for a message: "a 32-bit x86 Windows DLL".</summary>
    internal string Describe()
    {
        string bits = Is64Bit ? "64-bit" : "32-bit";
        string processor = Architecture == ModuleArchitecture.Other ? "(foreign processor)" : ProcessorName(Architecture);
        string kind = (Format, IsLibrary) switch
        {
            (ModuleFormat.PortableExecutable, true) => "Windows DLL",
            (ModuleFormat.PortableExecutable, false) => "Windows program",
            (ModuleFormat.Elf, true) => "Linux shared object",
            (ModuleFormat.Elf, false) => "Linux program or object file",
            _ => "file of an unknown format",
        };
        return $"a {bits} {processor} {kind}";
    }

    internal static string ProcessorName(ModuleArchitecture architecture) => architecture switch
    {
        ModuleArchitecture.X86 => "x86",
        ModuleArchitecture.X64 => "x64",
        ModuleArchitecture.Arm => "Arm",
        ModuleArchitecture.Arm64 => "Arm64",
        _ => "other",
    };

    private static string UnknownContent(FileWindow file)
    {
        if (file.Length == 0)
        {
            return "is an empty file";
        }

        ReadOnlySpan<byte> start = file.Read(0, (int)Math.Min(file.Length, 512));
        return start.ContainsAnyInRange((byte)0, (byte)8)
            ? "is neither a Windows DLL nor a Linux shared object"
            : "is a text file";
    }
}
