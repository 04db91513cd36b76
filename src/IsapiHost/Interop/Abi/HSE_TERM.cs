namespace IsapiHost.Interop.Abi;

/// <summary>What TerminateExtension is told.</summary>
/// <remarks>HttpExt.h.</remarks>
internal static class HSE_TERM
{
    /// <summary>The extension may refuse.</summary>
    public const uint ADVISORY_UNLOAD = 0x00000001;

    /// <summary>The extension is unloaded whatever it answers.</summary>
    public const uint MUST_UNLOAD = 0x00000002;
}
