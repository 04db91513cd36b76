using System.Diagnostics;
using System.Runtime.InteropServices;
using IsapiHost.Interop;
using IsapiHost.Threading;

namespace IsapiHost.Modules.Loading;

/// <summary>Threads that modules have begun themselves. While there are some, none of their code may be taken out of memory.</summary>
internal static unsafe partial class ModuleThreads
{
    private const int ThreadQuerySetWin32StartAddress = 9;
    private const int Attempts = 20;
    private const uint THREAD_QUERY_LIMITED_INFORMATION = 0x0800;

    private static readonly TimeSpan _pause = TimeSpan.FromMilliseconds(10);

    // Where the threads of .NET and of Windows itself begin; those of a module begin in its own code or in a C runtime.
    private static readonly string[] _harmless = ["coreclr.dll", "ntdll.dll", "kernel32.dll", "combase.dll", "rpcrt4.dll", "ws2_32.dll", "mswsock.dll"];

    /// <summary>Whether there may be one. It errs on the side of yes.</summary>
    public static bool MayExist(string modulePath)
    {
        // Threads of the host that are about to begin or to end are not known by their numbers.
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            if (!(OperatingSystem.IsWindows() ? AnyOnWindows() : AnyOnLinux(CanonicalPath.Of(modulePath))))
            {
                return false;
            }

            Thread.Sleep(_pause);
        }

        return true;
    }

    // A thread has the name of the one that began it until it is given another: ours are known by their numbers.
    private static bool AnyOnLinux(string modulePath)
    {
        // Looked up once: the stacks of all threads are some hundred thousand addresses.
        var code = MemoryMap.Read().CodeOf(modulePath);
        return BlockedThread.AllThreads().Any(thread =>
            !NativeThread.IsOne(thread)
            && (BlockedThread.NameOf(thread).StartsWith(NativeThread.NamePrefix, StringComparison.Ordinal)
                || BlockedThread.StackOf(thread).Any(address => IsIn(code, address))));
    }

    private static bool IsIn(IReadOnlyList<(nint Start, nint End)> code, nint address)
    {
        foreach (var (start, end) in code)
        {
            if (address >= start && address < end)
            {
                return true;
            }
        }

        return false;
    }

    private static bool AnyOnWindows()
    {
        var map = MemoryMap.Read();
        using var process = Process.GetCurrentProcess();
        var program = Path.GetFileName(Environment.ProcessPath);
        return process.Threads.Cast<ProcessThread>().Any(thread =>
            map.Find(StartOf(thread.Id)) is { } start
            && Path.GetFileName(start.File) is var file
            && !file.Equals(program, StringComparison.OrdinalIgnoreCase)
            && !_harmless.Contains(file, StringComparer.OrdinalIgnoreCase));
    }

    private static nint StartOf(int thread)
    {
        nint start = 0;
        var handle = OpenThread(THREAD_QUERY_LIMITED_INFORMATION, 0, thread);
        if (handle != 0)
        {
            _ = NtQueryInformationThread(handle, ThreadQuerySetWin32StartAddress, &start, sizeof(nint), null);
            _ = CloseHandle(handle);
        }

        return start;
    }

    [LibraryImport("kernel32")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static partial nint OpenThread(uint access, int inherit, int thread);

    [LibraryImport("kernel32")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static partial int CloseHandle(nint handle);

    [LibraryImport("ntdll")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static partial int NtQueryInformationThread(nint thread, int what, void* information, int size, int* returned);
}
