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

    protected override Encoding Encoding => _request.Site.RequestHeaderEncoding;

    private HttpRequest Request => _request.Context.Request;

    protected override string? GetField(string name)
    {
        var values = Request.Headers[name];
        return values.Count == 0 ? null
            : values.Count == 1 ? values[0]
            : string.Join(name.Equals("Cookie", StringComparison.OrdinalIgnoreCase) ? "; " : ", ", values.AsEnumerable());
    }

    protected override uint PutField(string name, string value, bool adds)
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

    protected override uint PutPseudo(string name, string value)
    {
        switch (name)
        {
            case "url":
                return PutUrl(value);
            case "method" when value.Length > 0 && FieldText.IsToken(Encoding.Latin1.GetBytes(value)):
                Request.Method = value;
                return Win32Error.SUCCESS;
            case "version" when value == Request.Protocol:
                return Win32Error.SUCCESS;
            case "version" when value is "HTTP/1.0" or "HTTP/1.1" && Request.Protocol.StartsWith("HTTP/1", StringComparison.Ordinal):
                // The framing of the answer follows.
                Request.Protocol = value;
                return Win32Error.SUCCESS;
            default:
                return Win32Error.INVALID_PARAMETER;
        }
    }

    // Handler, mapping and the URL variables all follow from what is set here. What the client sent stays readable as UNENCODED_URL.
    private uint PutUrl(string url)
    {
        if (url.Length == 0 || url.Any(c => c <= ' ' || c == '\x7F' || c == '#'))
        {
            return Win32Error.INVALID_PARAMETER;
        }

        var context = _request.Context;
        var feature = context.Features.GetRequiredFeature<IHttpRequestFeature>();
        if (context.Features.Get<OriginalTarget>() is null)
        {
            context.Features.Set(new OriginalTarget(new string(RequestTarget.Of(context))));
        }

        feature.RawTarget = url;
        var target = RequestTarget.Of(context);
        if (target[0] != '/')
        {
            feature.RawTarget = string.Concat("/", url);
            target = feature.RawTarget;
        }

        var path = RequestTarget.WithoutQuery(target);
        var query = target[path.Length..];
        var bytes = Encoding.GetBytes(path.ToString());
        var decoded = bytes.AsSpan(0, UrlNormalizer.Normalize(bytes));

        // As the server decodes the URLs of clients: UTF-8.
        Request.PathBase = default;
        Request.Path = new PathString(System.Text.Unicode.Utf8.IsValid(decoded) ? Encoding.UTF8.GetString(decoded) : Encoding.Latin1.GetString(decoded));
        Request.QueryString = query.Length > 1 ? new QueryString(query.ToString()) : default;
        _request.ShowPath();
        return Win32Error.SUCCESS;
    }
}
