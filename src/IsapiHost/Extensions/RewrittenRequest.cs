using IsapiHost.Extensions.Children;
using IsapiHost.Mapping;
using IsapiHost.Requests;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Primitives;

namespace IsapiHost.Extensions;

/// <summary>
/// A client's request while another URL of this server answers it: it looks as though the client had asked for that by GET. What the client
/// sent is put back afterwards, for logs, traces and whoever comes before us in the pipeline.
/// </summary>
internal sealed class RewrittenRequest : IDisposable
{
    private readonly HttpContext _context;
    private readonly string _method;
    private readonly PathString _pathBase;
    private readonly PathString _path;
    private readonly QueryString _query;
    private readonly long? _contentLength;
    private readonly StringValues _transferEncoding;
    private readonly RouteValueDictionary _routeValues;
    private readonly Endpoint? _endpoint;
    private readonly string _target;
    private readonly OriginalRequestLine? _original;
    private readonly IHttpRequestBodyDetectionFeature? _body;
    private readonly PassedMappings? _passed;
    private readonly RequestDepth? _depth;

    public RewrittenRequest(HttpContext context, LocalUrl url, RequestDepth depth)
    {
        var request = context.Request;
        var features = context.Features;
        _context = context;
        _method = request.Method;
        _pathBase = request.PathBase;
        _path = request.Path;
        _query = request.QueryString;
        _contentLength = request.ContentLength;
        _transferEncoding = request.Headers.TransferEncoding;
        _routeValues = new RouteValueDictionary(request.RouteValues);
        _endpoint = context.GetEndpoint();
        _target = features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        _original = features.Get<OriginalRequestLine>();
        _body = features.Get<IHttpRequestBodyDetectionFeature>();
        _passed = features.Get<PassedMappings>();
        _depth = features.Get<RequestDepth>();

        // The client's method still decides whether it expects a body.
        Set(HttpMethods.Get, default, url.Path, url.Query, url.Target, endpoint: null);
        Set(contentLength: null, transferEncoding: default);
        request.RouteValues.Clear();
        Set(new OriginalRequestLine(_original?.Method ?? _method, url.Target), BodyPresence.None, PassedMappings.None, depth);
    }

    /// <summary>Puts back what the client sent.</summary>
    public void Dispose()
    {
        Set(_method, _pathBase, _path, _query, _target, _endpoint);
        Set(_contentLength, _transferEncoding);
        _context.Request.RouteValues = _routeValues;
        Set(_original, _body, _passed, _depth);
    }

    private void Set(string method, PathString pathBase, PathString path, QueryString query, string target, Endpoint? endpoint)
    {
        var request = _context.Request;
        request.Method = method;
        request.PathBase = pathBase;
        request.Path = path;
        request.QueryString = query;
        _context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget = target;
        _context.SetEndpoint(endpoint);
    }

    private void Set(long? contentLength, StringValues transferEncoding)
    {
        _context.Request.ContentLength = contentLength;
        _context.Request.Headers.TransferEncoding = transferEncoding;
    }

    private void Set(OriginalRequestLine? original, IHttpRequestBodyDetectionFeature? body, PassedMappings? passed, RequestDepth? depth)
    {
        _context.Features.Set(original);
        _context.Features.Set(body);
        _context.Features.Set(passed);
        _context.Features.Set(depth);
    }
}
