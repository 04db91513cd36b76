using IsapiHost.Interop;
using IsapiHost.Interop.Abi;
using IsapiHost.Tracing;
using IsapiHost.Transport;

namespace IsapiHost.Extensions.Support;

/// <summary>One element of HSE_REQ_VECTOR_SEND.</summary>
/// <param name="Type"><see cref="HSE_VECTOR_ELEMENT_TYPE"/>, or anything.</param>
/// <param name="Offset">cbOffset.</param>
/// <param name="Size">cbSize.</param>
internal readonly record struct VectorElement(uint Type, ulong Offset, ulong Size)
{
    /// <summary>The bytes; none where address, offset or size cannot be.</summary>
    public CallerMemory Memory { get; init; }

    public FileRange File { get; init; }

    /// <summary>The element as a piece of a response; an error where it can be none.</summary>
    public Win32Error TryGetPart(out TransferPart part)
    {
        if (Type == HSE_VECTOR_ELEMENT_TYPE.FILE_HANDLE)
        {
            return File.TryGetPart(out part);
        }

        part = TransferPart.OfMemory(Memory);
        return Type == HSE_VECTOR_ELEMENT_TYPE.MEMORY_BUFFER && !Memory.IsEmpty ? Win32Error.SUCCESS : Win32Error.INVALID_PARAMETER;
    }

    /// <summary>For a trace.</summary>
    public string Describe(SentDataFormatter sent) => Type switch
    {
        HSE_VECTOR_ELEMENT_TYPE.MEMORY_BUFFER when !Memory.IsEmpty => sent.Bytes(Memory),
        HSE_VECTOR_ELEMENT_TYPE.FILE_HANDLE => File.ToString(),
        _ => $"type {Type}, {Size} bytes from {Offset}",
    };
}
