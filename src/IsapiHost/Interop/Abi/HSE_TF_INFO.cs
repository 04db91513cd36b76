using System.Runtime.InteropServices;

namespace IsapiHost.Interop.Abi;

/// <summary>What HSE_REQ_TRANSMIT_FILE sends: a head, a part of a file, a tail.</summary>
/// <remarks>HttpExt.h, <c>HSE_TF_INFO</c>.</remarks>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct HSE_TF_INFO
{
    /// <summary>(control block, context, bytes, Win32 error); null: the callback registered with HSE_REQ_IO_COMPLETION.</summary>
    public delegate* unmanaged[Stdcall]<EXTENSION_CONTROL_BLOCK*, void*, uint, uint, void> pfnHseIO;

    public void* pContext;

    /// <summary>The extension's; on Linux a file descriptor.</summary>
    public nint hFile;

    /// <summary>The status line's text, read with HSE_IO_SEND_HEADERS only.</summary>
    public byte* pszStatusCode;

    /// <summary>Bytes of the file; 0 is all from <see cref="Offset"/> on.</summary>
    public uint BytesToWrite;

    /// <summary>Bytes from the start of the file.</summary>
    public uint Offset;

    /// <summary>Sent before the file: header text with HSE_IO_SEND_HEADERS, otherwise raw bytes.</summary>
    public void* pHead;

    /// <summary>Bytes.</summary>
    public uint HeadLength;

    /// <summary>Raw bytes sent after the file.</summary>
    public void* pTail;

    /// <summary>Bytes.</summary>
    public uint TailLength;

    /// <summary><see cref="HSE_IO"/>.</summary>
    public uint dwFlags;
}
