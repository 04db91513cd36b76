using IsapiHost.Responses.Heads;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Net.Http.Headers;

namespace IsapiHost.Extensions.Children;

/// <summary>Makes the head that the parent's answer gets of the status and headers that a child has set.</summary>
internal static class ChildHead
{
    private static readonly string[] s_framing =
        [HeaderNames.ContentLength, HeaderNames.TransferEncoding, HeaderNames.Connection, HeaderNames.KeepAlive, HeaderNames.ProxyConnection];

    /// <exception cref="InvalidOperationException">A value has control characters, which Kestrel too refuses.</exception>
    public static ResponseHead Read(IHttpResponseFeature response)
    {
        var headers = response.Headers;
        foreach (var (name, values) in headers)
        {
            if (name.Any(char.IsControl) || values.Any(value => value?.Any(c => char.IsControl(c) && c != '\t') == true))
            {
                throw new InvalidOperationException($"The response header {name} has control characters.");
            }
        }

        return new ResponseHead
        {
            StatusCode = response.StatusCode,
            ReasonPhrase = response.ReasonPhrase is { } reason && !reason.Any(char.IsControl) ? reason : null,
            Headers =
            [
                .. headers
                    .Where(header => !s_framing.Contains(header.Key, StringComparer.OrdinalIgnoreCase))
                    .Select(header => new ResponseHeader(header.Key, header.Value)),
            ],
            ContentLength = headers.ContentLength,
            ChunkedByExtension = Lists(headers, HeaderNames.TransferEncoding, "chunked"),
            Close = Lists(headers, HeaderNames.Connection, "close"),
        };
    }

    private static bool Lists(IHeaderDictionary headers, string name, string token) =>
        headers.GetCommaSeparatedValues(name).Contains(token, StringComparer.OrdinalIgnoreCase);
}
