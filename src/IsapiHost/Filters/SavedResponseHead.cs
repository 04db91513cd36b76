using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Primitives;

namespace IsapiHost.Filters;

/// <summary>The head of a 401, set aside so that a filter can answer in its place.</summary>
internal sealed class SavedResponseHead
{
    private readonly int _status;
    private readonly string? _reason;
    private readonly KeyValuePair<string, StringValues>[] _headers;

    private SavedResponseHead(HttpResponse response)
    {
        _status = response.StatusCode;
        _reason = response.HttpContext.Features.Get<IHttpResponseFeature>()?.ReasonPhrase;
        _headers = [.. response.Headers];
    }

    public static SavedResponseHead Take(HttpResponse response)
    {
        var head = new SavedResponseHead(response);
        response.Headers.Clear();
        response.StatusCode = StatusCodes.Status200OK;
        response.HttpContext.Features.GetRequiredFeature<IHttpResponseFeature>().ReasonPhrase = null;
        return head;
    }

    public void PutBack(HttpResponse response)
    {
        response.StatusCode = _status;
        response.HttpContext.Features.GetRequiredFeature<IHttpResponseFeature>().ReasonPhrase = _reason;
        foreach (var (name, value) in _headers)
        {
            response.Headers[name] = value;
        }
    }
}
