using IsapiHost.Interop;
using IsapiHost.Interop.Abi;

namespace IsapiHost.Extensions.Support;

/// <summary>HSE_REQ_EXEC_URL and HSE_REQ_EXEC_UNICODE_URL. What is not given is taken from the parent.</summary>
internal readonly ref struct ChildArguments
{
    /// <summary>Null for the parent's.</summary>
    public string? Url { get; init; }

    /// <summary>Null for the parent's.</summary>
    public string? Method { get; init; }

    public bool HasHeaders { get; init; }

    /// <summary>All headers of the child.</summary>
    public ReadOnlySpan<byte> Headers { get; init; }

    /// <summary>An access token; it counts on Windows only, where it is one of this process.</summary>
    public nint Token { get; init; }

    public string? UserName { get; init; }

    public string? AuthenticationType { get; init; }

    /// <summary>Whether the child has a body of its own, which may be empty; else it gets what nobody has read of the parent's.</summary>
    public bool HasEntity { get; init; }

    public CallerMemory Entity { get; init; }

    /// <summary><see cref="HSE_EXEC_URL"/>.</summary>
    public uint Flags { get; init; }

    /// <summary>Whether one of the strings has no end within its bound, or the entity no bytes: what lies there is no such thing.</summary>
    public bool IsMalformed { get; init; }
}
