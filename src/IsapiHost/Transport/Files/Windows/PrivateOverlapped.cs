using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace IsapiHost.Transport.Files.Windows;

/// <summary>An OVERLAPPED for one operation at an offset, whose end is told by an event of its own and by nothing else.</summary>
/// <remarks>
/// The lowest bit of its event handle is set, which keeps the end of the operation from the completion port of the handle. That port may be
/// .NET's, which takes whatever it finds there for its own, or the extension's, which knows nothing of the operation.
/// </remarks>
[SupportedOSPlatform("windows")]
internal sealed unsafe class PrivateOverlapped : IDisposable
{
    public PrivateOverlapped(long offset)
    {
        Native = (NativeOverlapped*)NativeMemory.AllocZeroed((nuint)sizeof(NativeOverlapped));
        Native->OffsetLow = (int)offset;
        Native->OffsetHigh = (int)(offset >> 32);
        Native->EventHandle = Ended.SafeWaitHandle.DangerousGetHandle() | 1;
    }

    public NativeOverlapped* Native { get; }

    public ManualResetEvent Ended { get; } = new(false);

    /// <summary>Whether the operation, which has ended, ended well.</summary>
    public bool Succeeded => Native->InternalLow == 0;

    /// <summary>Bytes of an operation that has ended.</summary>
    public long Count => Native->InternalHigh;

    /// <summary>Not before the operation has ended: until then the kernel writes here.</summary>
    public void Dispose()
    {
        NativeMemory.Free(Native);
        Ended.Dispose();
    }
}
