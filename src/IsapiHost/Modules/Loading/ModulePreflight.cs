using System.Runtime.InteropServices;

namespace IsapiHost.Modules.Loading;

/// <summary>
/// What can be said against a module before any of its code runs. The operating system would refuse most of these files too, but in
/// words that do not help; a truncated shared object it would even map, and crash the process at the first missing page.
/// </summary>
internal static class ModulePreflight
{
    /// <summary>Reads the file and refuses one that this process cannot load.</summary>
    public static ModuleImage Check(string path)
    {
        ModuleImage image = ReadImage(System.IO.Path.GetFullPath(path));
        if (image.Format == ModuleFormat.Unknown || image.IsTruncated)
        {
            throw Refuse(image, ModuleLoadError.NotAModule, $"{image.Fault}. Copy the module again, in binary mode.");
        }

        if (image is { IsDotNetAssembly: true, IsExtension: false, IsFilter: false })
        {
            throw Refuse(image, ModuleLoadError.MissingExport,
                "is a .NET assembly that exports no native functions: ISAPI modules are native DLLs. ASP.NET code is not served by this host.");
        }

        CheckOperatingSystem(image);
        if (!image.IsLibrary)
        {
            throw Refuse(image, ModuleLoadError.NotAModule, $"is {image.Describe()}, which cannot be loaded as a module: build it as a DLL or shared object.");
        }

        if (!FitsThisProcess(image))
        {
            throw Refuse(image, ModuleLoadError.WrongProcessor, $"is {image.Describe()}, this host is {DescribeHost()}: {RemedyForProcessor(image)}.");
        }

        return image;
    }

    /// <summary>Refuses a module that lacks what every extension exports.</summary>
    public static void RequireExtension(ModuleImage image)
    {
        // A file whose tables could not be read to their end gets the benefit of the doubt: after the load its exports are looked up anyway.
        if (!image.IsExtension && image.Fault is null)
        {
            throw NotAnExtension(image);
        }
    }

    /// <summary>Refuses a module that lacks what every filter exports.</summary>
    public static void RequireFilter(ModuleImage image)
    {
        if (!image.IsFilter && image.Fault is null)
        {
            throw NotAFilter(image);
        }
    }

    public static ModuleLoadException NotAnExtension(ModuleImage image) =>
        Lacks(image, "an ISAPI extension", IsapiExports.OfExtension, image.IsFilter ? "It is an ISAPI filter: use it with --filter" : null);

    public static ModuleLoadException NotAFilter(ModuleImage image) =>
        Lacks(image, "an ISAPI filter", IsapiExports.OfFilter, image.IsExtension ? "It is an ISAPI extension: use it with --dll" : null);

    /// <summary>The sentence for a version function that returned FALSE, with a remedy for the cause that is known.</summary>
    public static ModuleLoadException RefusedToStart(ModuleImage image, NativeExport function, int lastError) =>
        new(ModuleLoadError.InitialisationFailed, image.Path,
            $"'{image.Path}' refused to start: its {function.Name} returned FALSE (last error {lastError}). Its own log or documentation may say what it misses."
            + (OperatingSystem.IsWindows()
                ? @" A known cause without IIS: the DWORD values MajorVersion and MinorVersion under HKLM\SYSTEM\CurrentControlSet\Services\W3SVC\Parameters"
                  + " are missing; add them (10 and 0) if the module reads the version of IIS there."
                : string.Empty));

    private static ModuleLoadException Lacks(ModuleImage image, string kind, NativeExport[] needed, string? otherKind)
    {
        NativeExport[] missing = [.. needed.Where(e => !image.Exporting(e))];
        string names = string.Join(" and ", (missing.Length == 0 ? needed : missing).Select(e => e.Name));
        string remedy = otherKind
            ?? (missing.Any(e => image.Exports.Any(name => name.Contains(e.Name, StringComparison.Ordinal)))
                ? "A C++ function of that name is exported: declare it extern \"C\""
                : image.Format == ModuleFormat.Elf
                    ? "If it is meant to be one, declare them extern \"C\" and with default visibility"
                    : "If it is meant to be one, name them in its .def file or declare them __declspec(dllexport)");
        return Refuse(image, ModuleLoadError.MissingExport, $"is not {kind}: it does not export {names}. {remedy}.");
    }

    public static bool FitsThisProcess(ModuleImage image) =>
        image.Is64Bit == Environment.Is64BitProcess && image.Architecture == HostArchitecture;

    private static ModuleArchitecture HostArchitecture => RuntimeInformation.ProcessArchitecture switch
    {
        Architecture.X86 => ModuleArchitecture.X86,
        Architecture.X64 => ModuleArchitecture.X64,
        Architecture.Arm => ModuleArchitecture.Arm,
        Architecture.Arm64 => ModuleArchitecture.Arm64,
        _ => ModuleArchitecture.Other,
    };

    public static string DescribeHost()
    {
        string processor = RuntimeInformation.ProcessArchitecture.ToString();
        return $"{(Environment.Is64BitProcess ? "64-bit" : "32-bit")} {(processor.StartsWith('X') ? processor.ToLowerInvariant() : processor)}";
    }

    private static ModuleImage ReadImage(string path)
    {
        try
        {
            return ModuleImage.Read(path);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new ModuleLoadException(ModuleLoadError.FileNotFound, path, $"There is no file '{path}'.", e);
        }
        catch (UnauthorizedAccessException e) when (Directory.Exists(path))
        {
            throw new ModuleLoadException(ModuleLoadError.NotAModule, path, $"'{path}' is a folder: name the module's file.", e);
        }
        catch (Exception e) when (e is UnauthorizedAccessException or IOException or NotSupportedException)
        {
            throw new ModuleLoadException(ModuleLoadError.LoadFailed, path, $"'{path}' cannot be read: {e.Message}", e);
        }
    }

    private static void CheckOperatingSystem(ModuleImage image)
    {
        if (image.Format == ModuleFormat.PortableExecutable && !OperatingSystem.IsWindows())
        {
            throw Refuse(image, ModuleLoadError.WrongOperatingSystem,
                $"is {image.Describe()}, and this host does not run on Windows: "
                + (image.Architecture == ModuleArchitecture.X64
                    ? "serve it with the Windows build of isapihost, on Windows or under Wine, or "
                    : "the Windows build of isapihost is for 64-bit x64 DLLs, so get or build the DLL for x64, or ")
                + "build its source as a shared object with the headers in src/include.");
        }

        if (image.Format == ModuleFormat.Elf && OperatingSystem.IsWindows())
        {
            throw Refuse(image, ModuleLoadError.WrongOperatingSystem,
                $"is {image.Describe()}, and this host runs on Windows: use the module's DLL, or serve it with isapihost on Linux.");
        }
    }

    private static string RemedyForProcessor(ModuleImage image) => image switch
    {
        { Architecture: ModuleArchitecture.Other } => "build it for this processor",
        { Format: ModuleFormat.PortableExecutable } =>
            $"build the DLL for {ModuleImage.ProcessorName(HostArchitecture)}, or get its vendor's build for it; a host loads DLLs of its own kind only",
        { Architecture: ModuleArchitecture.X86 } => "build it without -m32",
        _ => $"build it for this processor, or run isapihost on {ModuleImage.ProcessorName(image.Architecture)}",
    };

    private static ModuleLoadException Refuse(ModuleImage image, ModuleLoadError error, string sentence) =>
        new(error, image.Path, $"'{image.Path}' {sentence}");
}
