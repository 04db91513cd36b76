using System.Runtime.InteropServices;

namespace IsapiHost.Interop.Abi;

/// <summary>One piece of an <see cref="HSE_RESPONSE_VECTOR"/>.</summary>
/// <remarks>HttpExt.h, <c>HSE_VECTOR_ELEMENT</c>.</remarks>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct HSE_VECTOR_ELEMENT
{
    /// <summary><see cref="HSE_VECTOR_ELEMENT_TYPE"/>.</summary>
    public uint ElementType;

    /// <summary>The memory, or the handle of the file.</summary>
    public void* pvContext;

    /// <summary>Bytes.</summary>
    public ulong cbOffset;

    /// <summary>Bytes; 0 is the whole file, and an error for memory.</summary>
    public ulong cbSize;
}
