namespace IsapiHost.Modules;

/// <summary>The processor that a module's code is built for.</summary>
public enum ModuleArchitecture
{
    /// <summary>Any processor that is not listed, and every big-endian one.</summary>
    Other,

    /// <summary>Intel and AMD, 32-bit.</summary>
    X86,

    /// <summary>Intel and AMD, 64-bit.</summary>
    X64,

    /// <summary>Arm, 32-bit.</summary>
    Arm,

    /// <summary>Arm, 64-bit.</summary>
    Arm64,
}
