using System.Runtime.InteropServices;

namespace IsapiHost.Interop.Abi;

/// <summary>What HSE_REQ_MAP_URL_TO_PATH_EX tells of a URL.</summary>
/// <remarks>HttpExt.h, <c>HSE_URL_MAPEX_INFO</c>.</remarks>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct HSE_URL_MAPEX_INFO
{
    /// <summary>The physical path, MAX_PATH bytes with the NUL.</summary>
    public fixed byte lpszPath[260];

    /// <summary><see cref="HSE_URL_FLAGS"/>.</summary>
    public uint dwFlags;

    /// <summary>Leading bytes of the path that come from the virtual directory.</summary>
    public uint cchMatchingPath;

    /// <summary>Leading bytes of the URL that name the virtual directory.</summary>
    public uint cchMatchingURL;

    public uint dwReserved1;
    public uint dwReserved2;
}
