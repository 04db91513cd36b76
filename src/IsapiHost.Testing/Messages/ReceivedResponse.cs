using System.Net.Http.Headers;

namespace IsapiHost.Testing.Messages;

/// <summary>A response as it was received, body and all. Immutable.</summary>
/// <param name="Status">The status code.</param>
/// <param name="Reason">The reason phrase; empty in HTTP/2.</param>
/// <param name="Headers">The headers in the order of arrival, one entry per line; values are Latin-1 bytes.</param>
/// <param name="Body">The body as it was sent, not unpacked.</param>
public sealed record ReceivedResponse(int Status, string Reason, IReadOnlyList<KeyValuePair<string, string>> Headers, ReadOnlyMemory<byte> Body)
{
    /// <summary>Reads a response to its end.</summary>
    /// <param name="response">The response; its headers were received.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public static async Task<ReceivedResponse> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(response);
        byte[] body = await response.Content.ReadAsByteArrayAsync(cancellationToken);
        return new ReceivedResponse(
            (int)response.StatusCode, response.ReasonPhrase ?? "", [.. Lines(response.Headers.NonValidated), .. Lines(response.Content.Headers.NonValidated)], body);
    }

    /// <summary>The values of a header, one per line; empty if it was not sent.</summary>
    /// <param name="name">The name; case does not matter.</param>
    public IReadOnlyList<string> HeaderValues(string name) =>
        [.. Headers.Where(h => h.Key.Equals(name, StringComparison.OrdinalIgnoreCase)).Select(h => h.Value)];

    internal string? ContentType => HeaderValues("Content-Type") is [var first, ..] ? first : null;

    private static IEnumerable<KeyValuePair<string, string>> Lines(HttpHeadersNonValidated headers) =>
        headers.SelectMany(header => header.Value.Select(value => KeyValuePair.Create(header.Key, value)));
}
