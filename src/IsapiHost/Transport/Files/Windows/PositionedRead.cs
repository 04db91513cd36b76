using System.ComponentModel;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using Microsoft.Win32.SafeHandles;

namespace IsapiHost.Transport.Files.Windows;

/// <summary>Reads at an offset from a handle of an extension, with FILE_FLAG_OVERLAPPED or without.</summary>
/// <remarks>
/// <see cref="RandomAccess"/> would tie a handle with that flag to the completion port of .NET: once only, and for ever, so that the extension's
/// own operations on it would end there.
/// </remarks>
[SupportedOSPlatform("windows")]
internal static unsafe partial class PositionedRead
{
    private const int ErrorHandleEof = 38;
    private const int ErrorIoPending = 997;
    private const uint FromStart = 0;
    private const uint FromHere = 1;

    /// <summary>Waits for the bytes; 0 at the end of the file.</summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static int Read(SafeFileHandle file, Span<byte> buffer, long offset)
    {
        using var overlapped = new PrivateOverlapped(offset);
        // Windows moves the pointer of a handle without the flag behind what was read.
        long position = 0;
        var moves = !file.IsAsync && SetFilePointerEx(file, 0, out position, FromHere);
        fixed (byte* start = buffer)
        {
            var taken = ReadFile(file, start, (uint)buffer.Length, out var count, overlapped.Native);
            if (!taken && Marshal.GetLastPInvokeError() == ErrorIoPending)
            {
                taken = GetOverlappedResult(file, overlapped.Native, out count, wait: true);
            }

            var error = taken ? 0 : Marshal.GetLastPInvokeError();
            if (moves)
            {
                SetFilePointerEx(file, position, out _, FromStart);
            }

            return error is 0 or ErrorHandleEof
                ? (int)count
                : throw new FileTransferException(new Win32Exception(error).Message);
        }
    }

    [LibraryImport("kernel32", SetLastError = true)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static partial bool ReadFile(SafeHandle file, byte* buffer, uint size, out uint count, NativeOverlapped* overlapped);

    [LibraryImport("kernel32", SetLastError = true)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static partial bool GetOverlappedResult(
        SafeHandle file, NativeOverlapped* overlapped, out uint count, [MarshalAs(UnmanagedType.Bool)] bool wait);

    [LibraryImport("kernel32")]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static partial bool SetFilePointerEx(SafeHandle file, long distance, out long position, uint from);
}
