using System.Text;
using IsapiHost.Interop;
using IsapiHost.Mapping;
using IsapiHost.Requests;
using IsapiHost.Responses.Heads;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace IsapiHost.Filters;

/// <summary>The headers of the request, in PREPROC_HEADERS and AUTH_COMPLETE.</summary>
internal sealed class RequestHeaders(FilterRequest request) : HeaderSet
{
    private readonly FilterRequest _request = request;

    protected override Encoding Encoding => Site.RequestHeaderEncoding;

    private SiteSettings Site => _request.Site;

    private HttpRequest Request => _request.Context.Request;

    protected override string? GetField(string name)
    {
        var values = Request.Headers[name];
        values = values.Count == 0 ? PresentedHeaders.Framing(_request.Context, name) : values;
        return values.Count == 0 ? null
            : values.Count == 1 ? values[0]
            : string.Join(name.Equals("Cookie", StringComparison.OrdinalIgnoreCase) ? "; " : ", ", values.AsEnumerable());
    }

    protected override Win32Error PutField(string name, string value, bool adds)
    {
        try
        {
            Change(Request.Headers, name, value, adds);
            return Win32Error.SUCCESS;
        }
        catch (Exception e) when (e is InvalidOperationException or FormatException or ArgumentException)
        {
            // Kestrel refuses a Content-Length that is no number.
            return Win32Error.INVALID_PARAMETER;
        }
    }

    protected override string? GetPseudo(string name) => name switch
    {
        "url" => new string(RequestTarget.Of(_request.Context)),
        "method" => Request.Method,
        "version" => HttpProtocol.IsHttp2(Request.Protocol) ? "HTTP/2.0" : HttpProtocol.IsHttp3(Request.Protocol) ? "HTTP/3.0" : Request.Protocol,
        _ => null,
    };

    protected override Win32Error PutPseudo(string name, ReadOnlySpan<byte> value)
    {
        if (name == "url")
        {
            return PutUrl(value);
        }

        var text = Encoding.Latin1.GetString(value);
        switch (name)
        {
            case "method" when HttpMethods.IsConnect(Request.Method):
                // The server frames the response to CONNECT as no other.
                return Win32Error.INVALID_PARAMETER;
            case "method" when FieldText.IsToken(value):
                OriginalRequestLine.Remember(_request.Context);
                Request.Method = text;
                return Win32Error.SUCCESS;
            case "version" when text == Request.Protocol:
                return Win32Error.SUCCESS;
            case "version" when text is "HTTP/1.0" or "HTTP/1.1" && Request.IsHttp1():
                // The framing of the answer follows.
                Request.Protocol = text;
                return Win32Error.SUCCESS;
            default:
                return Win32Error.INVALID_PARAMETER;
        }
    }

    // Handler, mapping and the URL variables all follow from what is set here. What the client sent stays readable as UNENCODED_URL.
    // Rewriters give decoded URLs back: what cannot stand in a request line is escaped.
    private Win32Error PutUrl(ReadOnlySpan<byte> url)
    {
        if (url.IsEmpty)
        {
            return Win32Error.INVALID_PARAMETER;
        }

        var context = _request.Context;
        var feature = context.Features.GetRequiredFeature<IHttpRequestFeature>();
        OriginalRequestLine.Remember(context);
        feature.RawTarget = UrlText.EscapeTarget(url);
        var target = RequestTarget.Of(context);
        if (target[0] != '/')
        {
            feature.RawTarget = string.Concat("/", feature.RawTarget);
            target = feature.RawTarget;
        }

        var path = RequestTarget.WithoutQuery(target);
        var query = target[path.Length..];
        Request.PathBase = default;
        Request.Path = new PathString(Site.UrlDecoder.Decode(path));
        Request.QueryString = query.Length > 1 ? new QueryString(query.ToString()) : default;
        _request.ShowPath();
        return Win32Error.SUCCESS;
    }
}
