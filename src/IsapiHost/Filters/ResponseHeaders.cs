using System.Globalization;
using System.Text;
using IsapiHost.Interop;
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
        var values = Response.Headers[name];
        return values.Count == 0 ? null : values.Count == 1 ? values[0] : string.Join(", ", values.AsEnumerable());
    }

    protected override uint PutField(string name, string value, bool adds)
    {
        if (value.Any(c => c < ' ' && c != '\t'))
        {
            return Win32Error.INVALID_PARAMETER;
        }

        // The body is on its way in the framing that was chosen: another length or coding, or none, would break it.
        if (name.Equals("Transfer-Encoding", StringComparison.OrdinalIgnoreCase) || name.Equals("Content-Length", StringComparison.OrdinalIgnoreCase))
        {
            return value == (GetField(name) ?? "") ? Win32Error.SUCCESS : Win32Error.NOT_SUPPORTED;
        }

        Change(Response.Headers, name, value, adds);
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

    protected override uint PutPseudo(string name, ReadOnlySpan<byte> value)
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
