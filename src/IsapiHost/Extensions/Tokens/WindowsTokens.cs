using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using System.Security.Principal;
using IsapiHost.Interop;
using Microsoft.AspNetCore.Http;

namespace IsapiHost.Extensions.Tokens;

/// <summary>
/// Tokens on Windows. Requests whose user Windows has authenticated have a token of their own; all others run as the account of the process,
/// which is the anonymous account too.
/// </summary>
[SupportedOSPlatform("windows")]
internal sealed unsafe partial class WindowsTokens : IAccessTokens
{
    private const uint TOKEN_DUPLICATE = 0x0002;
    private const uint MAXIMUM_ALLOWED = 0x0200_0000;
    private const int SecurityImpersonation = 2;
    private const int TokenImpersonation = 2;
    private const uint HANDLE_FLAG_PROTECT_FROM_CLOSE = 2;

    private readonly Lazy<(Win32Error Error, nint Token)> _ofProcess = new(OpenShared);

    public Win32Error Borrow(HttpContext context, out nint token)
    {
        if (context.User.Identity is WindowsIdentity { AccessToken: { IsInvalid: false, IsClosed: false } user })
        {
            token = user.DangerousGetHandle();
            return Win32Error.SUCCESS;
        }

        (var error, token) = _ofProcess.Value;
        return error;
    }

    public Win32Error DuplicateAnonymous(out nint token) => Duplicate(out token);

    // One for all requests. An extension that closes it, although it must not, would take it from the others.
    private static (Win32Error Error, nint Token) OpenShared()
    {
        var error = Duplicate(out var token);
        if (error == Win32Error.SUCCESS)
        {
            _ = SetHandleInformation(token, HANDLE_FLAG_PROTECT_FROM_CLOSE, HANDLE_FLAG_PROTECT_FROM_CLOSE);
        }

        return (error, token);
    }

    private static Win32Error Duplicate(out nint token)
    {
        token = 0;
        if (OpenProcessToken(GetCurrentProcess(), TOKEN_DUPLICATE, out var primary) == 0)
        {
            return (Win32Error)Marshal.GetLastPInvokeError();
        }

        var done = DuplicateTokenEx(primary, MAXIMUM_ALLOWED, null, SecurityImpersonation, TokenImpersonation, out token);
        var error = done != 0 ? Win32Error.SUCCESS : (Win32Error)Marshal.GetLastPInvokeError();
        _ = CloseHandle(primary);
        return error;
    }

    [LibraryImport("kernel32")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static partial nint GetCurrentProcess();

    [LibraryImport("kernel32")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static partial int CloseHandle(nint handle);

    [LibraryImport("kernel32")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static partial int SetHandleInformation(nint handle, uint mask, uint flags);

    [LibraryImport("advapi32", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static partial int OpenProcessToken(nint process, uint access, out nint token);

    [LibraryImport("advapi32", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static partial int DuplicateTokenEx(nint existing, uint access, void* attributes, int level, int type, out nint token);
}
