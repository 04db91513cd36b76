using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace IsapiHost.Mapping;

/// <summary>The URL of the request line, still encoded.</summary>
internal static class RequestTarget
{
    /// <summary>Path and query as sent; of an absolute URL (a request meant for a proxy) only these; <c>*</c> as it is.</summary>
    public static ReadOnlySpan<char> Of(HttpContext context)
    {
        var target = context.Features.Get<IHttpRequestFeature>()?.RawTarget;

        if (string.IsNullOrEmpty(target))
        {
            // Not every server keeps the request line.
            var request = context.Request;
            return string.Concat(request.PathBase.ToUriComponent(), request.Path.ToUriComponent(), request.QueryString.ToUriComponent());
        }

        return target[0] == '/' ? target : WithoutAuthority(target);
    }

    public static ReadOnlySpan<char> WithoutQuery(ReadOnlySpan<char> target)
    {
        var query = target.IndexOf('?');
        return query < 0 ? target : target[..query];
    }

    private static ReadOnlySpan<char> WithoutAuthority(ReadOnlySpan<char> target)
    {
        var scheme = target.IndexOf("://");

        if (scheme < 0)
        {
            return target;
        }

        var authority = target[(scheme + 3)..];
        var end = authority.IndexOfAny('/', '?');
        return end < 0 ? "/" : authority[end..];
    }
}
