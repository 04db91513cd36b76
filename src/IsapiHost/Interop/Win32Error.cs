namespace IsapiHost.Interop;

/// <summary>Last errors that the host sets or reads; the same numbers on Linux.</summary>
/// <remarks>winerror.h, winsock2.h; native names: <c>ERROR_</c> before each but those of Winsock.</remarks>
internal static class Win32Error
{
    public const uint SUCCESS = 0;
    public const uint INVALID_FUNCTION = 1;
    public const uint FILE_NOT_FOUND = 2;
    public const uint ACCESS_DENIED = 5;
    public const uint INVALID_HANDLE = 6;
    public const uint NOT_ENOUGH_MEMORY = 8;
    public const uint INVALID_DATA = 13;
    public const uint WRITE_FAULT = 29;
    public const uint READ_FAULT = 30;
    public const uint HANDLE_EOF = 38;
    public const uint NOT_SUPPORTED = 50;
    public const uint NETNAME_DELETED = 64;
    public const uint INVALID_PARAMETER = 87;
    public const uint CALL_NOT_IMPLEMENTED = 120;
    public const uint SEM_TIMEOUT = 121;
    public const uint INSUFFICIENT_BUFFER = 122;
    public const uint MOD_NOT_FOUND = 126;
    public const uint PROC_NOT_FOUND = 127;
    public const uint BAD_ARGUMENTS = 160;
    public const uint BUSY = 170;
    public const uint BAD_EXE_FORMAT = 193;
    public const uint NO_DATA = 232;
    public const uint MORE_DATA = 234;
    public const uint OPERATION_ABORTED = 995;
    public const uint IO_PENDING = 997;
    public const uint STACK_OVERFLOW = 1001;
    public const uint NO_TOKEN = 1008;
    public const uint OLD_WIN_VERSION = 1150;
    public const uint NOT_FOUND = 1168;
    public const uint CONNECTION_ABORTED = 1236;
    public const uint INVALID_INDEX = 1413;
    public const uint TIMEOUT = 1460;
    public const uint WSAEINVAL = 10022;
    public const uint WSAECONNRESET = 10054;
}
