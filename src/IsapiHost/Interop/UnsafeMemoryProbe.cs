using System.Runtime.InteropServices;

namespace IsapiHost.Interop;

/// <summary>Reads memory of an extension that may have been freed: the kernel does, and says so instead of ending the process.</summary>
internal static unsafe partial class UnsafeMemoryProbe
{
    private static readonly bool s_isReadable = IsReadable();

    /// <summary>Copies memory of this process; false if it cannot be read.</summary>
    public static bool TryRead(nint address, Span<byte> destination) => s_isReadable && Copy(address, destination);

    /// <summary>Whether the system can be asked at all; a container may forbid it.</summary>
    public static bool IsAvailable => s_isReadable;

    private static bool IsReadable()
    {
        var probe = 1;
        Span<byte> copy = stackalloc byte[sizeof(int)];
        try
        {
            return Copy((nint)(&probe), copy);
        }
        catch (EntryPointNotFoundException)
        {
            return false;
        }
    }

    private static bool Copy(nint address, Span<byte> destination)
    {
        fixed (byte* to = destination)
        {
            if (OperatingSystem.IsWindows())
            {
                return ReadProcessMemory(-1, address, to, destination.Length, out var read) != 0 && read == destination.Length;
            }

            IoVector local = new() { iov_base = (nint)to, iov_len = destination.Length };
            IoVector remote = new() { iov_base = address, iov_len = destination.Length };
            return ProcessVmReadv(Environment.ProcessId, &local, 1, &remote, 1, 0) == destination.Length;
        }
    }

    // BOOL ReadProcessMemory(HANDLE process, LPCVOID address, LPVOID buffer, SIZE_T size, SIZE_T *read); -1 is this process
    [LibraryImport("kernel32")]
    private static partial int ReadProcessMemory(nint process, nint address, byte* buffer, nint size, out nint read);

    // ssize_t process_vm_readv(pid_t pid, const struct iovec *local, unsigned long n, const struct iovec *remote, unsigned long m, unsigned long flags)
    [LibraryImport("libc", EntryPoint = "process_vm_readv")]
    private static partial nint ProcessVmReadv(int process, IoVector* local, nuint localCount, IoVector* remote, nuint remoteCount, nuint flags);

    private struct IoVector
    {
        public nint iov_base;
        public nint iov_len;
    }
}
