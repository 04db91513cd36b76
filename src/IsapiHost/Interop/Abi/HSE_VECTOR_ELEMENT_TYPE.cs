namespace IsapiHost.Interop.Abi;

/// <summary>What an <see cref="HSE_VECTOR_ELEMENT"/> points to.</summary>
/// <remarks>HttpExt.h.</remarks>
internal static class HSE_VECTOR_ELEMENT_TYPE
{
    public const uint MEMORY_BUFFER = 0;
    public const uint FILE_HANDLE = 1;
}
