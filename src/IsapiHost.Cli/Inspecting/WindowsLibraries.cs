using System.Collections.Frozen;

namespace IsapiHost.Cli.Inspecting;

/// <summary>
/// The libraries that every Windows brings, for a look at a module on a system without them. Runtimes that come with a redistributable
/// (msvcr90.dll, vcruntime140.dll, mfc42.dll…) are not among them: those are what is missing most often.
/// </summary>
internal static class WindowsLibraries
{
    private static readonly FrozenSet<string> _names = FrozenSet.ToFrozenSet(
        [
            "activeds", "advapi32", "authz", "avrt", "bcrypt", "cabinet", "comctl32", "comdlg32", "credui", "crypt32", "cryptbase",
            "dbghelp", "dnsapi", "esent", "fltlib", "gdi32", "gdiplus", "hid", "httpapi", "imagehlp", "imm32", "iphlpapi", "kernel32",
            "kernelbase", "lz32", "mpr", "msi", "mscoree", "msimg32", "msvcrt", "mswsock", "msxml3", "msxml6", "mtxex", "ncrypt",
            "netapi32", "normaliz", "ntdll", "ntdsapi", "odbc32", "odbccp32", "ole32", "oleacc", "oleaut32", "oledlg", "pdh", "powrprof",
            "propsys", "psapi", "rasapi32", "rpcrt4", "samcli", "secur32", "security", "setupapi", "shell32", "shfolder", "shlwapi",
            "sspicli", "tdh", "ucrtbase", "urlmon", "user32", "userenv", "usp10", "uxtheme", "version", "wevtapi", "winhttp", "wininet",
            "winmm", "winscard", "winspool.drv", "wintrust", "wldap32", "ws2_32", "wsock32", "wtsapi32", "xmllite", "xolehlp",
        ],
        StringComparer.OrdinalIgnoreCase);

    /// <summary>The libraries that every Linux with glibc brings.</summary>
    public static readonly FrozenSet<string> LinuxCore = FrozenSet.ToFrozenSet(
        ["libc.so.6", "libm.so.6", "libdl.so.2", "libpthread.so.0", "librt.so.1", "libgcc_s.so.1", "libstdc++.so.6"],
        StringComparer.Ordinal);

    public static bool AreIn(string name) => _names.Contains(name.EndsWith(".dll", StringComparison.OrdinalIgnoreCase) ? name[..^4] : name);
}
