using System.Runtime.InteropServices;

namespace IsapiHost.Interop.Abi;

/// <summary>What HSE_REQ_MAP_UNICODE_URL_TO_PATH_EX tells of a URL: 532 bytes, without the reserved members that some documentation lists.</summary>
/// <remarks>HttpExt.h, <c>HSE_UNICODE_URL_MAPEX_INFO</c>.</remarks>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct HSE_UNICODE_URL_MAPEX_INFO
{
    /// <summary>The physical path, MAX_PATH UTF-16 code units with the NUL.</summary>
    public fixed ushort lpszPath[260];

    /// <summary><see cref="HSE_URL_FLAGS"/>.</summary>
    public uint dwFlags;

    public uint cchMatchingPath;
    public uint cchMatchingURL;
}
