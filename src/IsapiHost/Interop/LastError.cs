using System.Runtime.InteropServices;

namespace IsapiHost.Interop;

/// <summary>The thread's last error as native code reads it: SetLastError on Windows, errno on Linux (our isapi_types.h reads that).</summary>
internal static class LastError
{
    /// <summary>The BOOL to return for a Win32 error code. Nothing may run between this and the return: it could overwrite the value.</summary>
    public static int Answer(Win32Error error)
    {
        if (error == Win32Error.SUCCESS)
        {
            return 1;
        }

        Marshal.SetLastSystemError((int)error);
        return 0;
    }
}
