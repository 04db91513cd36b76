using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace IsapiHost.Cli.Forwarding;

/// <summary>
/// Status and headers of a site's response: set as they came where HTTP allows them, mended where what is meant is certain, refused
/// otherwise.
/// </summary>
internal static class ForwardedHead
{
    private const string ContentLength = "Content-Length";

    /// <summary>Sets them on the response to the client; nothing is sent yet.</summary>
    /// <exception cref="HttpRequestException">The response cannot be passed on; the message says what is wrong with it.</exception>
    public static void Set(HttpContext context, HttpResponseMessage response)
    {
        var status = (int)response.StatusCode;
        if (status < 200 && response.StatusCode != HttpStatusCode.SwitchingProtocols)
        {
            throw new HttpRequestException($"its status is {status:000}");
        }

        context.Response.StatusCode = status;
        context.Features.GetRequiredFeature<IHttpResponseFeature>().ReasonPhrase = WithoutControls(response.ReasonPhrase ?? "");
        var connection = response.Headers.NonValidated.TryGetValues("Connection", out var named) ? named.ToArray() : [];
        Copy(response.Headers, context.Response.Headers, connection);
        Copy(response.Content.Headers, context.Response.Headers, connection);
        if (IsChunked(response) || !HasBody(response.StatusCode))
        {
            // Chunks say where the body ends; a length beside them means nothing (RFC 9112, 6.3).
            return;
        }

        if (response.Content.Headers.NonValidated.TryGetValues(ContentLength, out var lengths))
        {
            context.Response.ContentLength = LengthOf(lengths);
        }
    }

    /// <summary>Whether responses of a status have a body. Sites give lengths and even bodies to others.</summary>
    public static bool HasBody(HttpStatusCode status) =>
        status is not (HttpStatusCode.SwitchingProtocols or HttpStatusCode.NoContent or HttpStatusCode.ResetContent);

    /// <summary>A value without the control characters that end a line, or that HTTP forbids.</summary>
    public static string WithoutControls(string value) =>
        value.AsSpan().ContainsAnyInRange('\0', '\x1F') || value.Contains('\x7F', StringComparison.Ordinal)
            ? string.Concat(value.Where(c => c == '\t' || !char.IsAscii(c) || !char.IsControl(c)))
            : value;

    private static void Copy(HttpHeaders from, IHeaderDictionary to, string[] connection)
    {
        foreach (var (name, values) in from.NonValidated)
        {
            if (!HopByHopHeaders.Contains(name, connection) && !name.Equals(ContentLength, StringComparison.OrdinalIgnoreCase))
            {
                to[name] = values.Count == 1 ? WithoutControls(values.ToString()) : values.Select(WithoutControls).ToArray();
            }
        }
    }

    // The client's library takes the chunks apart. It would hand on another coding, such as gzip, without saying so.
    private static bool IsChunked(HttpResponseMessage response)
    {
        if (!response.Headers.NonValidated.TryGetValues("Transfer-Encoding", out var codings))
        {
            return false;
        }

        string[] names = [.. string.Join(',', codings).Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)];
        return names.All(name => name.Equals("chunked", StringComparison.OrdinalIgnoreCase))
            ? names.Length > 0
            : throw new HttpRequestException($"its Transfer-Encoding is {string.Join(", ", names)}, which nobody asked for");
    }

    // The same length several times is one length (RFC 9110, 8.6).
    private static long LengthOf(HeaderStringValues values)
    {
        string[] lengths = [.. string.Join(',', values).Split(',', StringSplitOptions.TrimEntries).Distinct()];
        return lengths.Length == 1 && long.TryParse(lengths[0], NumberStyles.None, CultureInfo.InvariantCulture, out var length)
            ? length
            : throw new HttpRequestException($"its Content-Length is {string.Join(", ", lengths)}");
    }
}
