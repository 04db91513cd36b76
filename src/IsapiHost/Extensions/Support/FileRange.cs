using IsapiHost.Interop;
using IsapiHost.Transport;
using IsapiHost.Transport.Files;

namespace IsapiHost.Extensions.Support;

/// <summary>A part of a file that an extension wants to send, opened where its handle means something.</summary>
internal readonly struct FileRange
{
    private readonly FileSource? _source;
    private readonly Win32Error _error;

    private FileRange(nint handle, FileSource? source, Win32Error error, ulong offset, ulong length)
    {
        Handle = handle;
        _source = source;
        _error = error;
        Offset = offset;
        Length = length;
    }

    /// <summary>As the extension knows it; 0 for no file.</summary>
    public nint Handle { get; }

    public ulong Offset { get; }

    /// <summary>0 stands for all that follows the offset.</summary>
    public ulong Length { get; }

    /// <summary>A file of this process.</summary>
    public static FileRange Open(nint handle, ulong offset, ulong length)
    {
        var error = FileSource.TryOpen(handle, out var source);
        return new FileRange(handle, source, error, offset, length);
    }

    /// <summary>The range as a piece of a response; an error where the file has no such range, or is none.</summary>
    public Win32Error TryGetPart(out TransferPart part)
    {
        part = default;
        if (_source is null)
        {
            return _error;
        }

        var left = (ulong)_source.Length;
        if (Offset > left)
        {
            return Win32Error.WSAEINVAL;
        }

        left -= Offset;
        if (Length > left)
        {
            return Win32Error.HANDLE_EOF;
        }

        part = TransferPart.OfFile(_source, (long)Offset, (long)(Length == 0 ? left : Length));
        return Win32Error.SUCCESS;
    }

    public override string ToString() =>
        Handle == 0 ? "no file" : $"file {Handle:x}, {(Length == 0 ? "all" : $"{Length} bytes")} from {Offset}";
}
