namespace IsapiHost.Workers.Processes;

/// <summary>The systems and widths that there is a worker for.</summary>
internal enum WorkerKind
{
    /// <summary>Shared objects of this Linux.</summary>
    Linux,

    /// <summary>64-bit Windows DLLs, under Wine where this is Linux.</summary>
    Windows64,

    /// <summary>32-bit Windows DLLs, under Wine where this is Linux.</summary>
    Windows32,
}
