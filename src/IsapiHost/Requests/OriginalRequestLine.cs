using Microsoft.AspNetCore.Http;

namespace IsapiHost.Requests;

/// <summary>A feature of a request whose method or URL was rewritten: what the client sent.</summary>
/// <param name="Method">The method, which decides whether the client expects a body.</param>
/// <param name="Url">Path and query, still encoded.</param>
internal sealed record OriginalRequestLine(string Method, string Url)
{
    /// <summary>Remembers what the client sent, unless it is remembered already; before the first change.</summary>
    public static void Remember(HttpContext context)
    {
        if (context.Features.Get<OriginalRequestLine>() is null)
        {
            context.Features.Set(new OriginalRequestLine(context.Request.Method, Mapping.RequestTarget.Of(context).ToString()));
        }
    }

    /// <summary>The method that the client sent.</summary>
    public static string MethodOf(HttpContext context) => context.Features.Get<OriginalRequestLine>()?.Method ?? context.Request.Method;
}
