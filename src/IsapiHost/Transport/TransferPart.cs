using IsapiHost.Interop;
using IsapiHost.Transport.Files;

namespace IsapiHost.Transport;

/// <summary>A piece of a response: memory of the extension, or a range of a file.</summary>
internal readonly record struct TransferPart(CallerMemory Memory, FileSource? File, long Offset, long Length)
{
    public static TransferPart OfMemory(CallerMemory memory) => new(memory, null, 0, memory.Length);

    public static TransferPart OfFile(FileSource file, long offset, long length) => new(default, file, offset, length);
}
