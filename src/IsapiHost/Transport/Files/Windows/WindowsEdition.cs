using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace IsapiHost.Transport.Files.Windows;

/// <summary>Which Windows this is.</summary>
[SupportedOSPlatform("windows")]
internal static unsafe partial class WindowsEdition
{
    // OSVERSIONINFOEXW
    private const int SizeOfVersionInfo = 284;
    private const int ProductTypeOffset = 282;
    private const byte Workstation = 1;

    /// <summary>Whether it is a server; editions for clients run two TransmitFile calls at once, in all processes together, and let others wait.</summary>
    public static bool IsServer { get; } = Look();

    private static bool Look()
    {
        Span<byte> info = stackalloc byte[SizeOfVersionInfo];
        info.Clear();
        BinaryPrimitives.WriteInt32LittleEndian(info, SizeOfVersionInfo);
        fixed (byte* start = info)
        {
            return RtlGetVersion(start) == 0 && info[ProductTypeOffset] != Workstation;
        }
    }

    [LibraryImport("ntdll")]
    private static partial int RtlGetVersion(byte* info);
}
