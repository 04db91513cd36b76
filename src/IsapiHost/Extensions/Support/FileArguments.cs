using IsapiHost.Interop;
using IsapiHost.Interop.Abi;

namespace IsapiHost.Extensions.Support;

/// <summary>HSE_REQ_TRANSMIT_FILE: a head or bytes, a part of a file, bytes.</summary>
internal readonly ref struct FileArguments
{
    /// <summary>The status line's text; read with HSE_IO_SEND_HEADERS only.</summary>
    public ReadOnlySpan<byte> Status { get; init; }

    /// <summary>With HSE_IO_SEND_HEADERS a head and possibly the start of the body, else bytes.</summary>
    public CallerMemory Head { get; init; }

    public FileRange File { get; init; }

    public CallerMemory Tail { get; init; }

    /// <summary><see cref="HSE_IO"/>.</summary>
    public uint Flags { get; init; }

    /// <summary>None for the registered one.</summary>
    public IoCompletion Completion { get; init; }

    public bool HasHead => (Flags & HSE_IO.SEND_HEADERS) != 0;
}
