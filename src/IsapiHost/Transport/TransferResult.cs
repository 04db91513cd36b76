using IsapiHost.Interop;

namespace IsapiHost.Transport;

/// <summary>How an operation ended: cbIO and dwError of a completion.</summary>
internal readonly record struct TransferResult(uint Bytes, Win32Error Error)
{
    public static TransferResult Done(uint bytes) => new(bytes, Win32Error.SUCCESS);

    public static TransferResult Failed(Win32Error error) => new(0, error);
}
