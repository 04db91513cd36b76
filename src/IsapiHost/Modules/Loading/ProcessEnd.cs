using System.Runtime.InteropServices;
using IsapiHost.Interop;

namespace IsapiHost.Modules.Loading;

/// <summary>
/// The end of a process with modules in memory. It does not unload them: threads, thread-local data and timers of theirs may still need their
/// code. Their exit code runs all the same, and may hang: destructors on Linux, DllMain (DLL_PROCESS_DETACH) on Windows.
/// </summary>
internal static unsafe partial class ProcessEnd
{
    private const uint DLL_PROCESS_DETACH = 0;
    private const int AddressOfNtHeaders = 0x3C;
    private const int AddressOfEntryPointInNtHeaders = 0x28;

    private static readonly TimeSpan _limit = TimeSpan.FromSeconds(10);
    private static int _isWatched;

    /// <summary>Sees to it that the process ends although exit code of a module hangs (Linux). To be called before a module is loaded.</summary>
    public static void Watch()
    {
        if (OperatingSystem.IsLinux() && Interlocked.Exchange(ref _isWatched, 1) == 0)
        {
            AppDomain.CurrentDomain.ProcessExit += (_, _) => WatchExit(GetThreadId(), Environment.ExitCode);
        }
    }

    /// <summary>
    /// Ends the process, with what its modules have to do at the end. For a program that has nothing left to do itself: on Windows what other
    /// libraries would do at the end is not done.
    /// </summary>
    /// <returns>The exit code, where the process ends by returning it.</returns>
    public static int With(int exitCode)
    {
        if (OperatingSystem.IsWindows())
        {
            // ExitProcess would end all other threads first: nobody could then see that a DllMain hangs.
            foreach (var module in NativeModule.InMemory)
            {
                if (!ModuleThread.TryRun("detach", _limit, () => CallDllMain(module.Handle)))
                {
                    Report($"{module.Image.Path} has not come back from DllMain (DLL_PROCESS_DETACH)");
                    break;
                }
            }

            Now(exitCode);
        }

        return exitCode;
    }

    /// <summary>Ends the process at once: no code of anybody runs any more.</summary>
    public static void Now(int exitCode)
    {
        if (OperatingSystem.IsWindows())
        {
            _ = TerminateProcess(-1, (uint)exitCode);
        }
        else
        {
            ExitNow(exitCode);
        }
    }

    // Threads in the background go on while exit(3) runs the destructors.
    private static void WatchExit(int exitingThread, int exitCode)
    {
        var watch = new Thread(() =>
        {
            Thread.Sleep(_limit);
            var map = MemoryMap.Read();
            var modules = NativeModule.InMemory.Select(module => CanonicalPath.Of(module.Image.Path)).ToArray();
            var inside = BlockedThread.StackOf(exitingThread).Select(address => map.Find(address)?.File).FirstOrDefault(modules.Contains);
            Report($"{inside ?? string.Join(", ", modules)} has not come back from its exit code (destructors, atexit)");
            Now(exitCode);
        })
        {
            IsBackground = true,
            Name = "isapihost exit",
        };
        watch.UnsafeStart();
    }

    // Nothing is left to log with.
    private static void Report(string what) => Console.Error.WriteLine($"isapihost: {what} in {_limit.TotalSeconds:0} s; the process ends without it.");

    // As ntdll does at the end of a process, which the last argument says: not 0.
    private static void CallDllMain(nint module)
    {
        var headers = module + *(int*)(module + AddressOfNtHeaders);
        var entryPoint = *(uint*)(headers + AddressOfEntryPointInNtHeaders);
        if (entryPoint != 0)
        {
            _ = ((delegate* unmanaged[Stdcall]<nint, uint, nint, int>)(module + (nint)entryPoint))(module, DLL_PROCESS_DETACH, 1);
        }
    }

    [LibraryImport("libc", EntryPoint = "gettid")]
    private static partial int GetThreadId();

    [LibraryImport("libc", EntryPoint = "_exit")]
    private static partial void ExitNow(int exitCode);

    // -1 is the calling process.
    [LibraryImport("kernel32")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static partial int TerminateProcess(nint process, uint exitCode);
}
