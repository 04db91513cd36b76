using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using IsapiHost.Interop;
using IsapiHost.Transport.Files.Windows;
using Microsoft.Win32.SafeHandles;

namespace IsapiHost.Transport.Files;

/// <summary>A file that an extension gave as HANDLE (Windows) or descriptor (Linux) to send from. It stays the extension's: it is never closed here.</summary>
/// <remarks>Reads name their offset; the handle's own position is neither used nor moved.</remarks>
internal sealed partial class FileSource
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
    public static Win32Error TryOpen(nint handle, out FileSource? file)
    {
        file = null;
        if (handle is 0 or -1)
        {
            return Win32Error.INVALID_HANDLE;
        }

        var safe = new SafeFileHandle(handle, ownsHandle: false);
        try
        {
            // Throws for pipes and sockets, which have neither a length nor offsets.
            var length = RandomAccess.GetLength(safe);
            if ((File.GetAttributes(safe) & FileAttributes.Directory) != 0)
            {
                return Win32Error.INVALID_PARAMETER;
            }

            file = new FileSource(safe, length);
            return Win32Error.SUCCESS;
        }
        catch (NotSupportedException)
        {
            // What has no length is either no file, or nothing at all.
            return IsOpen(safe) ? Win32Error.INVALID_PARAMETER : Win32Error.INVALID_HANDLE;
        }
        catch (Exception e) when (IsFault(e))
        {
            return Win32Error.INVALID_HANDLE;
        }
    }

    /// <summary>Reads at an offset; 0 bytes at the end.</summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public int Read(Span<byte> buffer, long offset) =>
        OperatingSystem.IsWindows() ? PositionedRead.Read(Handle, buffer, offset) : RandomAccess.Read(Handle, buffer, offset);

    /// <summary>The same on a thread of the .NET pool.</summary>
    public ValueTask<int> ReadAsync(Memory<byte> buffer, long offset) =>
        OperatingSystem.IsWindows()
            ? new ValueTask<int>(Task.Run(() => Read(buffer.Span, offset)))
            : RandomAccess.ReadAsync(Handle, buffer, offset);

    private static bool IsOpen(SafeFileHandle handle)
    {
        if (OperatingSystem.IsWindows())
        {
            const uint FileTypeUnknown = 0;
            return GetFileType(handle) != FileTypeUnknown;
        }

        try
        {
            _ = File.GetAttributes(handle);
            return true;
        }
        catch (Exception e) when (IsFault(e))
        {
            return false;
        }
    }

    private static bool IsFault(Exception exception) => exception is IOException or UnauthorizedAccessException or ArgumentException;

    [LibraryImport("kernel32")]
    [SupportedOSPlatform("windows")]
    private static partial uint GetFileType(SafeFileHandle handle);
}
