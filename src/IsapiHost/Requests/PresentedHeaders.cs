using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace IsapiHost.Requests;

/// <summary>
/// The request headers as native code is shown them: without those of HTTP/2 that are none, without <c>Proxy</c> (httpoxy), and with the
/// <c>Transfer-Encoding</c> that a body of unknown length has on HTTP/1.1.
/// </summary>
internal static class PresentedHeaders
{
    private const string Chunked = "chunked";

    /// <summary>All headers, in their order.</summary>
    public static IEnumerable<KeyValuePair<string, StringValues>> All(RequestView view)
    {
        foreach (var header in view.Context.Request.Headers)
        {
            if (!IsHidden(view, header.Key))
            {
                yield return header;
            }
        }

        if (LacksFraming(view.Context))
        {
            yield return new KeyValuePair<string, StringValues>(HeaderNames.TransferEncoding, Chunked);
        }
    }

    /// <summary>One header by its name; false when the request does not have it.</summary>
    public static bool TryGet(RequestView view, string name, out StringValues values)
    {
        if (!IsHidden(view, name) && view.Context.Request.Headers.TryGetValue(name, out values) && values.Count > 0)
        {
            return true;
        }

        values = Framing(view.Context, name);
        return values.Count > 0;
    }

    /// <summary>The Transfer-Encoding that stands for a missing one; empty for every other header.</summary>
    public static StringValues Framing(HttpContext context, string name) =>
        name.Equals(HeaderNames.TransferEncoding, StringComparison.OrdinalIgnoreCase) && LacksFraming(context) ? Chunked : default;

    private static bool IsHidden(RequestView view, string name) =>
        name.StartsWith(':')
        || (name.Equals("Proxy", StringComparison.OrdinalIgnoreCase) && !view.Site.PresentsProxyHeader)
        || (name.Equals(HeaderNames.ContentLength, StringComparison.OrdinalIgnoreCase)
            && view.Context.Request.ContentLength > 0 && BodyLength.IsReplaced(view.Context));

    // HTTP.sys shows such bodies this way, since extensions look here whether there is one.
    private static bool LacksFraming(HttpContext context) =>
        context.Request.Headers.TransferEncoding.Count == 0
        && BodyLength.Declared(context) is null
        && RequestView.CanHaveBody(context);
}
