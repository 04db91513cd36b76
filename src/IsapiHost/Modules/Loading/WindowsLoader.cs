using System.ComponentModel;
using System.Runtime.InteropServices;

namespace IsapiHost.Modules.Loading;

/// <summary>LoadLibraryExW, in a process made ready as a worker process of IIS is.</summary>
internal sealed unsafe partial class WindowsLoader : SystemLoader
{
    private const uint LOAD_WITH_ALTERED_SEARCH_PATH = 0x8;
    private const uint SEM_FAILCRITICALERRORS = 0x1;
    private const uint SEM_NOOPENFILEERRORBOX = 0x8000;
    private const ushort Winsock22 = 0x0202;
    private const int ERROR_MOD_NOT_FOUND = 126;
    private const int ERROR_BAD_EXE_FORMAT = 193;
    private const int ERROR_DLL_INIT_FAILED = 1114;

    public WindowsLoader()
    {
        // A dialog box that nobody sees would stop the server; the mode of this thread alone would not cover extension threads.
        _ = SetErrorMode(GetErrorMode() | SEM_FAILCRITICALERRORS | SEM_NOOPENFILEERRORBOX);

        // Connectors open sockets and never call WSAStartup, because the worker process of IIS has. A failure shows up there, with its code.
        byte* wsaData = stackalloc byte[512]; // WSADATA has 408 bytes, 400 in 32-bit processes
        _ = WSAStartup(Winsock22, wsaData);
    }

    public override IReadOnlyList<nint> Load(ModuleImage module)
    {
        nint handle = LoadLibraryExW(module.Path, 0, LOAD_WITH_ALTERED_SEARCH_PATH);
        if (handle != 0)
        {
            return [handle];
        }

        int error = Marshal.GetLastPInvokeError();
        string reason = $"{new Win32Exception(error).Message.TrimEnd('.')} (error {error})";
        if (error == ERROR_DLL_INIT_FAILED)
        {
            reason += "; its DllMain, or a library's, returned FALSE. It may miss a registry key, a settings file or a folder for its log: "
                + "run it where it works already and compare, or see its documentation";
        }

        throw Explain(module, reason, isDependencyFault: error is ERROR_MOD_NOT_FOUND or ERROR_BAD_EXE_FORMAT);
    }

    [LibraryImport("kernel32", SetLastError = true, StringMarshalling = StringMarshalling.Utf16)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static partial nint LoadLibraryExW(string fileName, nint reserved, uint flags);

    [LibraryImport("kernel32")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static partial uint GetErrorMode();

    [LibraryImport("kernel32")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static partial uint SetErrorMode(uint mode);

    [LibraryImport("ws2_32")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static partial int WSAStartup(ushort version, void* data);
}
