namespace IsapiHost.Requests;

/// <summary>A feature of a request whose URL was rewritten: path and query as the client sent them.</summary>
internal sealed record OriginalTarget(string Url);
