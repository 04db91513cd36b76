namespace IsapiHost.Testing.Messages;

/// <summary>A request as it was sent, with its variables filled in. Immutable.</summary>
/// <param name="Method">The method.</param>
/// <param name="Url">The absolute URL.</param>
/// <param name="Headers">The headers in the order of sending, one entry per line.</param>
/// <param name="Body">The body; empty where there is none.</param>
public sealed record SentRequest(
    string Method, Uri Url, IReadOnlyList<KeyValuePair<string, string>> Headers, ReadOnlyMemory<byte> Body);
