using IsapiHost.Testing.Messages;

namespace IsapiHost.Cli.Recording;

/// <summary>A request and its response as they went through.</summary>
/// <param name="Method">The method.</param>
/// <param name="Target">Path and query as they were sent.</param>
/// <param name="Headers">The request's headers that were forwarded.</param>
/// <param name="Body">The request's body.</param>
/// <param name="Response">The response, without its body if that was too long to keep.</param>
/// <param name="HasWholeBody">Whether the response's body was kept.</param>
internal sealed record Exchange(
    string Method, string Target, IReadOnlyList<KeyValuePair<string, string>> Headers, byte[] Body,
    ReceivedResponse Response, bool HasWholeBody);
