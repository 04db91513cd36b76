namespace IsapiHost.Modules;

/// <summary>Why a module could not be loaded.</summary>
public enum ModuleLoadError
{
    /// <summary>The operating system refused the module for a reason of its own, which the message quotes.</summary>
    LoadFailed,

    /// <summary>There is no file of this name.</summary>
    FileNotFound,

    /// <summary>The file is no module: a text file, a program, a folder, or a module that was cut off.</summary>
    NotAModule,

    /// <summary>The module is built for another processor, or for the other of 32 and 64 bits.</summary>
    WrongProcessor,

    /// <summary>The module is a Windows DLL and the host runs on Linux, or the other way round.</summary>
    WrongOperatingSystem,

    /// <summary>A library that the module needs was not found, or does not fit this process.</summary>
    MissingDependency,

    /// <summary>The module does not export the functions of an ISAPI extension or filter.</summary>
    MissingExport,

    /// <summary>GetExtensionVersion or GetFilterVersion returned FALSE: the module does not want to be used.</summary>
    InitialisationFailed,
}
