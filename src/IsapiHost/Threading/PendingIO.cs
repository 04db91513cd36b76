using System.Runtime.InteropServices;

namespace IsapiHost.Threading;

/// <summary>Input and output that a thread has begun; Windows cancels it when the thread ends.</summary>
internal static partial class PendingIO
{
    private const nint CurrentThread = -2;

    /// <summary>Whether the calling thread must not end now: a file is sent, or the extension reads or writes something of its own.</summary>
    public static bool OfThisThread =>
        OperatingSystem.IsWindows() && GetThreadIOPendingFlag(CurrentThread, out var pending) && pending;

    [LibraryImport("kernel32")]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static partial bool GetThreadIOPendingFlag(nint thread, [MarshalAs(UnmanagedType.Bool)] out bool pending);
}
