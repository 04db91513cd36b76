using System.Security.Claims;
using IsapiHost.Interop.Abi;
using IsapiHost.Mapping;
using Microsoft.AspNetCore.Http;

namespace IsapiHost.Extensions.Children;

/// <summary>What an extension asks of a child request, copied out of its structures. What is null is taken from the parent.</summary>
internal sealed record ChildCall
{
    public LocalUrl? Url { get; init; }

    public string? Method { get; init; }

    /// <summary>All headers of the child.</summary>
    public IHeaderDictionary? Headers { get; init; }

    public ClaimsPrincipal? User { get; init; }

    /// <summary>The body; null for what nobody has read of the parent's.</summary>
    public byte[]? Entity { get; init; }

    /// <summary><see cref="HSE_EXEC_URL"/>.</summary>
    public uint Flags { get; init; }

    /// <summary>The status of the answer whatever the child says; for error pages.</summary>
    public int? Status { get; init; }

    /// <summary>Whether the child's own head is dropped.</summary>
    public bool WithoutHead => (Flags & HSE_EXEC_URL.NO_HEADERS) != 0;
}
