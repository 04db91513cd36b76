namespace IsapiHost.Interop.Abi;

/// <summary>What HSE_REQ_IS_IN_PROCESS stores.</summary>
/// <remarks>HttpExt.h.</remarks>
internal static class HSE_APP_FLAG
{
    public const uint IN_PROCESS = 0;
    public const uint ISOLATED_OOP = 1;
    public const uint POOLED_OOP = 2;
}
