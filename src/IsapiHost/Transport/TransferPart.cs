using IsapiHost.Transport.Files;

namespace IsapiHost.Transport;

/// <summary>A piece of an answer: memory of the extension, or a range of a file.</summary>
internal readonly record struct TransferPart(nint Memory, FileSource? File, long Offset, long Length)
{
    public static TransferPart OfMemory(nint start, long length) => new(start, null, 0, length);

    public static TransferPart OfFile(FileSource file, long offset, long length) => new(0, file, offset, length);
}
