using System.Collections.Concurrent;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace IsapiHost.Requests;

/// <summary>Whether the Content-Length of a request is the length of what an extension reads.</summary>
internal static class BodyLength
{
    private static readonly ConcurrentDictionary<Type, bool> _changes = new();

    /// <summary>
    /// The declared length; null when there is none, or when middleware has put a stream of its own in place of the body (request decompression),
    /// whose length nobody knows.
    /// </summary>
    public static long? Declared(HttpContext context) =>
        context.Request.ContentLength is { } length && !(length > 0 && IsReplaced(context)) ? length : null;

    /// <summary>Whether Content-Length says something else than what is read.</summary>
    public static bool IsReplaced(HttpContext context) => _changes.GetOrAdd(context.Request.Body.GetType(), static type => MayChange(type));

    // Streams of servers, of this host, in memory, and the one of EnableBuffering hand on what the client sent.
    private static bool MayChange(Type type) =>
        type != typeof(FileBufferingReadStream)
        && type.Assembly != typeof(Stream).Assembly
        && type.Assembly != typeof(BodyLength).Assembly
        && type.Assembly.GetName().Name is { } name
        && !name.StartsWith("Microsoft.AspNetCore.Server.", StringComparison.Ordinal)
        && name != "Microsoft.AspNetCore.TestHost";
}
