using IsapiHost.Interop;
using IsapiHost.Interop.Abi;

namespace IsapiHost.Extensions.Support;

/// <summary>HSE_REQ_VECTOR_SEND: a head or none, and pieces of memory and files.</summary>
internal readonly ref struct VectorArguments
{
    /// <summary>Bounds what a garbage count can make us walk through; real vectors have a handful of elements.</summary>
    public const uint MaxElements = 65_536;

    /// <summary>The status line's text.</summary>
    public ReadOnlySpan<byte> Status { get; init; }

    /// <summary>A head and possibly the start of the body.</summary>
    public CallerMemory Headers { get; init; }

    /// <summary>Whether both of them are there.</summary>
    public bool HasHead { get; init; }

    /// <summary>Whether one of them is there.</summary>
    public bool HasPartOfHead { get; init; }

    /// <summary>nElementCount.</summary>
    public uint Count { get; init; }

    /// <summary>The elements; none if there are too many, or no array.</summary>
    public VectorElement[] Elements { get; init; }

    /// <summary><see cref="HSE_IO"/>.</summary>
    public uint Flags { get; init; }
}
