using System.Runtime.InteropServices;

namespace IsapiHost.Tracing;

/// <summary>What this process holds of the system besides the garbage collector's heap.</summary>
/// <param name="Handles">Descriptors or handles; null where they cannot be counted.</param>
/// <param name="Bytes">
/// Linux: what malloc has given out. Windows: the private memory that is committed outside the garbage collector's reservation. Null where
/// neither can be told.
/// </param>
internal readonly unsafe partial record struct ProcessResources(long? Handles, long? Bytes)
{
    private const uint MEM_COMMIT = 0x1000;
    private const uint MEM_PRIVATE = 0x20000;

    // An address in the garbage collector's reservation.
    private static readonly byte[] s_managed = GC.AllocateUninitializedArray<byte>(8, pinned: true);

    public static ProcessResources Now() =>
        OperatingSystem.IsWindows() ? new(CountHandles(), CommittedMemory())
        : OperatingSystem.IsLinux() ? new(Directory.EnumerateFileSystemEntries("/proc/self/fd").LongCount(), AllocatedMemory())
        : default;

    private static long? CountHandles() => GetProcessHandleCount(-1, out var count) != 0 && count > 0 ? count : null; // Wine answers 0

    private static long? AllocatedMemory()
    {
        try
        {
            var info = MallInfo2();
            return (long)(info.Fields[MallInfo.uordblks] + info.Fields[MallInfo.hblkhd]);
        }
        catch (EntryPointNotFoundException)
        {
            return null; // not glibc, or one before 2.33
        }
    }

    private static long? CommittedMemory()
    {
        MEMORY_BASIC_INFORMATION region;
        VirtualQuery((nint)Marshal.UnsafeAddrOfPinnedArrayElement(s_managed, 0), &region, sizeof(MEMORY_BASIC_INFORMATION));
        var managed = region.AllocationBase;
        long bytes = 0;
        for (nint address = 0; VirtualQuery(address, &region, sizeof(MEMORY_BASIC_INFORMATION)) != 0; address = region.BaseAddress + region.RegionSize)
        {
            if (region is { State: MEM_COMMIT, Type: MEM_PRIVATE } && region.AllocationBase != managed)
            {
                bytes += region.RegionSize;
            }
        }

        return bytes;
    }

    [LibraryImport("kernel32")]
    private static partial int GetProcessHandleCount(nint process, out uint count);

    [LibraryImport("kernel32")]
    private static partial nint VirtualQuery(nint address, MEMORY_BASIC_INFORMATION* buffer, nint length);

    // struct mallinfo2 mallinfo2(void)
    [LibraryImport("libc", EntryPoint = "mallinfo2")]
    private static partial MallInfo MallInfo2();

    // struct mallinfo2 (malloc.h): ten numbers of size_t
    private struct MallInfo
    {
        public const int hblkhd = 4;
        public const int uordblks = 7;
        public fixed ulong Fields[10];
    }

    private struct MEMORY_BASIC_INFORMATION
    {
        public nint BaseAddress;
        public nint AllocationBase;
        public uint AllocationProtect;
        public uint PartitionId;
        public nint RegionSize;
        public uint State;
        public uint Protect;
        public uint Type;
    }
}
