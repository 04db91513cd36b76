using System.Globalization;
using System.Text;
using IsapiHost.Interop;
using IsapiHost.Requests;
using IsapiHost.Responses;
using IsapiHost.Responses.Heads;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.WebUtilities;

namespace IsapiHost.Filters;

/// <summary>The head of the response, in SEND_RESPONSE.</summary>
internal sealed class ResponseHeaders(FilterRequest request) : HeaderSet
{
    private readonly FilterRequest _request = request;

    protected override Encoding Encoding => Encoding.Latin1;

    private HttpResponse Response => _request.Context.Response;

    protected override string? GetField(string name)
    {
        if (name.Equals("Date", StringComparison.OrdinalIgnoreCase) && Response.Headers.Date.Count == 0)
        {
            // The server adds it to every response, after the filters.
            Response.Headers.Date = DateTimeOffset.UtcNow.ToString("r", CultureInfo.InvariantCulture);
        }

        var values = Response.Headers[name];
        return values.Count == 0 ? null : values.Count == 1 ? values[0] : string.Join(", ", values.AsEnumerable());
    }

    protected override Win32Error PutField(string name, string value, bool adds)
    {
        if (value.Any(c => c < ' ' && c != '\t'))
        {
            return Win32Error.INVALID_PARAMETER;
        }

        if (name.Equals("Content-Length", StringComparison.OrdinalIgnoreCase))
        {
            return PutLength(value);
        }

        if (name.Equals("Transfer-Encoding", StringComparison.OrdinalIgnoreCase))
        {
            return PutCoding(value);
        }

        Change(Response.Headers, name, value, adds);
        return Win32Error.SUCCESS;
    }

    // Without a length the server frames the body itself; with another one than it has, the end of the body would be wrong.
    private Win32Error PutLength(string value)
    {
        if (value == (GetField("Content-Length") ?? ""))
        {
            return Win32Error.SUCCESS;
        }

        if (value.Length == 0)
        {
            Response.ContentLength = null;
            return Win32Error.SUCCESS;
        }

        if (!HttpMethods.IsHead(_request.Context.Request.Method) || !long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var length))
        {
            return Win32Error.NOT_SUPPORTED;
        }

        Response.ContentLength = length;
        return Win32Error.SUCCESS;
    }

    // Chunks are the server's own way to send a body without a length, where the client understands them; no other coding can come of a header.
    private Win32Error PutCoding(string value)
    {
        if (value == (GetField("Transfer-Encoding") ?? ""))
        {
            return Win32Error.SUCCESS;
        }

        if (!value.Equals("chunked", StringComparison.OrdinalIgnoreCase)
            || !_request.Context.Request.TakesChunks()
            || BodyRule.ForbidsBody(Response.StatusCode))
        {
            return Win32Error.NOT_SUPPORTED;
        }

        Response.ContentLength = null;
        return Win32Error.SUCCESS;
    }

    protected override string? GetPseudo(string name)
    {
        if (name != "status")
        {
            return null;
        }

        var reason = _request.Context.Features.Get<IHttpResponseFeature>()?.ReasonPhrase;
        return $"{Response.StatusCode.ToString(CultureInfo.InvariantCulture)} {(string.IsNullOrEmpty(reason) ? ReasonPhrases.GetReasonPhrase(Response.StatusCode) : reason)}";
    }

    protected override Win32Error PutPseudo(string name, ReadOnlySpan<byte> value)
    {
        var faults = ResponseHeadFaults.None;
        if (name != "status" || !StatusText.TryRead(value, ref faults, out var code, out var reason) || code < 200)
        {
            return Win32Error.INVALID_PARAMETER;
        }

        if (code != Response.StatusCode && BodyRule.ForbidsBody(code))
        {
            return Win32Error.NOT_SUPPORTED;
        }

        Response.StatusCode = code;
        _request.Context.Features.GetRequiredFeature<IHttpResponseFeature>().ReasonPhrase = reason;
        return Win32Error.SUCCESS;
    }
}
