using System.Security;
using System.Security.Claims;
using System.Security.Principal;
using IsapiHost.Interop;

namespace IsapiHost.Extensions.Children;

/// <summary>The user whom an extension names for a child request.</summary>
internal static class ChildUser
{
    /// <param name="token">hImpersonationToken, which counts on Windows only; it stays the extension's.</param>
    /// <param name="name">pszCustomUserName, or null.</param>
    /// <param name="authenticationType">pszCustomAuthType, or null.</param>
    /// <param name="user">The user; null when nothing was named, so that the child has its parent's.</param>
    public static Win32Error Read(nint token, string? name, string? authenticationType, out ClaimsPrincipal? user)
    {
        user = null;
        if (!string.IsNullOrEmpty(name))
        {
            user = new ClaimsPrincipal(new GenericIdentity(name, string.IsNullOrEmpty(authenticationType) ? "Custom" : authenticationType));
        }
        else if (OperatingSystem.IsWindows() && token != 0)
        {
            try
            {
                user = new WindowsPrincipal(new WindowsIdentity(token, authenticationType ?? ""));
            }
            catch (Exception e) when (e is ArgumentException or SecurityException)
            {
                return Win32Error.INVALID_HANDLE;
            }
        }

        return Win32Error.SUCCESS;
    }
}
