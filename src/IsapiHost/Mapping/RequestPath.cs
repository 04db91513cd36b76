using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace IsapiHost.Mapping;

/// <summary>
/// The path of a request as mapping and variables see it: with the path base, decoded exactly once, free of dot segments and repeated
/// slashes. <c>%2F</c> is still text in it and must stay so.
/// </summary>
internal static class RequestPath
{
    public static string Of(HttpContext context, UrlDecoder decoder)
    {
        var path = AsTheServerHasIt(context);
        if (path.Contains('%', StringComparison.Ordinal) && IsUndecoded(context, path))
        {
            return decoder.Decode(RequestTarget.WithoutQuery(RequestTarget.Of(context)));
        }

        return path.Contains("//", StringComparison.Ordinal) ? UrlDecoder.WithoutDetours(path) : path;
    }

    /// <summary>How many characters of <see cref="Of"/> are the path base, which patterns do not speak of.</summary>
    public static int BaseLength(HttpContext context, string path) => Math.Min(context.Request.PathBase.Value?.Length ?? 0, path.Length);

    private static string AsTheServerHasIt(HttpContext context)
    {
        var path = context.Request.Path.Value;
        var pathBase = context.Request.PathBase.Value;
        if (!string.IsNullOrEmpty(pathBase))
        {
            return pathBase + path;
        }

        if (!string.IsNullOrEmpty(path))
        {
            return path;
        }

        // OPTIONS * has no path at all.
        return context.Features.Get<IHttpRequestFeature>()?.RawTarget == "*" ? "*" : "/";
    }

    // The server leaves escapes that are not UTF-8. They look like an escaped "%25" that it has decoded, so only the request line can tell;
    // and that means nothing any more when somebody has changed the path since.
    private static bool IsUndecoded(HttpContext context, string path)
    {
        if (string.IsNullOrEmpty(context.Features.Get<IHttpRequestFeature>()?.RawTarget))
        {
            return false;
        }

        var target = RequestTarget.WithoutQuery(RequestTarget.Of(context));
        return target[0] == '/'
            && UrlDecoder.WithoutDetours(PathString.FromUriComponent(target.ToString()).Value!) == UrlDecoder.WithoutDetours(path);
    }
}
