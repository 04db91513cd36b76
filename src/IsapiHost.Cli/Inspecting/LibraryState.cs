namespace IsapiHost.Cli.Inspecting;

/// <summary>Whether a library that a module needs is there.</summary>
internal enum LibraryState
{
    /// <summary>It was found and fits.</summary>
    Found,

    /// <summary>The operating system of the module brings it; on another system that is all that can be said.</summary>
    PartOfSystem,

    /// <summary>It was found, but is built for another processor or is truncated.</summary>
    DoesNotFit,

    /// <summary>
    /// It lies beside the module and fits, but Linux looks for the name inside the file (DT_SONAME), which is another or none.
    /// </summary>
    OtherName,

    /// <summary>It is neither beside the module nor in the search path.</summary>
    Missing,
}
