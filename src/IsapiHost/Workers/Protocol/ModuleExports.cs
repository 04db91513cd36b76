namespace IsapiHost.Workers.Protocol;

/// <summary>What a module that a worker has loaded exports.</summary>
[Flags]
internal enum ModuleExports : uint
{
    None = 0,
    Extension = 1,
    Filter = 2,
    TerminateExtension = 4,
    TerminateFilter = 8,
}
