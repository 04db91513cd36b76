using Microsoft.Win32.SafeHandles;
using IsapiHost.Abi;

namespace IsapiHost.Transfer;

/// <summary>A file that an extension gave as HANDLE (Windows) or descriptor (Linux) to send from. It stays the extension's: it is never closed here.</summary>
/// <remarks>Reads name their offset; the handle's own position is neither used nor moved.</remarks>
internal sealed class FileSource
{
    private FileSource(SafeFileHandle handle, long length)
    {
        Handle = handle;
        Length = length;
    }

    public SafeFileHandle Handle { get; }

    /// <summary>Bytes of the file when it was looked at.</summary>
    public long Length { get; }

    /// <summary>Looks at a handle; the answer is a Win32 error when it is no open, regular file.</summary>
    public static uint TryOpen(nint handle, out FileSource? file)
    {
        file = null;
        if (handle is 0 or -1)
        {
            return Win32Error.INVALID_HANDLE;
        }

        try
        {
            var safe = new SafeFileHandle(handle, ownsHandle: false);
            if ((File.GetAttributes(safe) & FileAttributes.Directory) != 0)
            {
                return Win32Error.INVALID_PARAMETER;
            }

            // Throws for pipes and sockets, which have neither a length nor offsets.
            file = new FileSource(safe, RandomAccess.GetLength(safe));
            return Win32Error.SUCCESS;
        }
        catch (NotSupportedException)
        {
            return Win32Error.INVALID_PARAMETER;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return Win32Error.INVALID_HANDLE;
        }
    }
}
