using System.Runtime.InteropServices;

namespace IsapiHost.Tracing;

/// <summary>The operating system's number of the running thread, as debuggers and strace show it.</summary>
internal static partial class NativeThreadId
{
    [ThreadStatic]
    private static int s_current;

    public static int Current => s_current != 0 ? s_current : s_current = Ask();

    private static int Ask()
    {
        try
        {
            return OperatingSystem.IsWindows() ? GetCurrentThreadId() : GetThreadId();
        }
        catch (EntryPointNotFoundException)
        {
            // A C library without gettid (glibc before 2.30, macOS): still one number for each thread.
            return Environment.CurrentManagedThreadId;
        }
    }

    [LibraryImport("kernel32")]
    private static partial int GetCurrentThreadId();

    [LibraryImport("libc", EntryPoint = "gettid")]
    private static partial int GetThreadId();
}
