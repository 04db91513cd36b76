using System.Runtime.InteropServices;

namespace IsapiHost.Interop;

/// <summary>As whom a thread acts on Windows. Other systems know nothing of the kind; there all of this does nothing.</summary>
internal static unsafe partial class ThreadToken
{
    private const nint CurrentThread = -2;
    private const nint CurrentProcess = -1;
    private const uint TOKEN_DUPLICATE = 0x0002;
    private const uint TOKEN_IMPERSONATE = 0x0004;
    private const uint MAXIMUM_ALLOWED = 0x0200_0000;
    private const int SecurityImpersonation = 2;
    private const int TokenImpersonation = 2;

    private static readonly Lazy<nint> _ofProcess = new(Duplicate);

    // Kept between calls, since each change of the token is a system call.
    [ThreadStatic]
    private static bool _isSelf;

    /// <summary>
    /// Gives the thread a token of the process' own account, as ImpersonateSelf does: it may do no more and no less, but OpenThreadToken finds it.
    /// The thread keeps it.
    /// </summary>
    public static void ImpersonateSelf()
    {
        if (!_isSelf && OperatingSystem.IsWindows() && _ofProcess.Value is not 0 and var token)
        {
            _isSelf = SetThreadToken(null, token) != 0;
        }
    }

    /// <summary>The thread's token, to be given back to <see cref="Restore"/>; 0 without one.</summary>
    public static nint Open() =>
        OperatingSystem.IsWindows() && OpenThreadToken(CurrentThread, TOKEN_IMPERSONATE, 1, out var token) != 0 ? token : 0;

    /// <summary>
    /// Gives the thread the token that it had before, whatever it has now. Without one it gets that of <see cref="ImpersonateSelf"/>, or none
    /// where that was never called.
    /// </summary>
    public static void Restore(nint token)
    {
        if (!OperatingSystem.IsWindows())
        {
            return;
        }

        if (SetThreadToken(null, token == 0 && _isSelf ? _ofProcess.Value : token) == 0)
        {
            // To go on would be to serve the next request as somebody else. The documentation of RevertToSelf asks for the same.
            Environment.FailFast($"A module's impersonation could not be ended: error {Marshal.GetLastPInvokeError()}.");
        }

        if (token != 0)
        {
            _ = CloseHandle(token);
        }
    }

    private static nint Duplicate()
    {
        nint token = 0;
        if (OpenProcessToken(CurrentProcess, TOKEN_DUPLICATE, out var primary) != 0)
        {
            _ = DuplicateTokenEx(primary, MAXIMUM_ALLOWED, null, SecurityImpersonation, TokenImpersonation, out token);
            _ = CloseHandle(primary);
        }

        return token;
    }

    // A null pointer is the calling thread.
    [LibraryImport("advapi32", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static partial int SetThreadToken(nint* thread, nint token);

    [LibraryImport("advapi32")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static partial int OpenThreadToken(nint thread, uint access, int openAsSelf, out nint token);

    [LibraryImport("advapi32")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static partial int OpenProcessToken(nint process, uint access, out nint token);

    [LibraryImport("advapi32")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static partial int DuplicateTokenEx(nint existing, uint access, void* attributes, int level, int type, out nint token);

    [LibraryImport("kernel32")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static partial int CloseHandle(nint handle);
}
