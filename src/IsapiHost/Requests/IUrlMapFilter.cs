using IsapiHost.Mapping;

namespace IsapiHost.Requests;

/// <summary>Somebody who has a say in what a URL maps to, for one request: filters that asked for URL_MAP. A feature of the request.</summary>
internal interface IUrlMapFilter
{
    /// <summary>Lets the view's mappings be filtered from now on, and makes those that the control block needs, on a thread that may run native code.</summary>
    ValueTask AttachAsync(RequestView view);

    /// <summary>The physical path that takes the place of the mapped one; null to leave it. Calls native code on the calling thread.</summary>
    string? Filter(ReadOnlySpan<char> url, ReadOnlySpan<char> path, in MappedUrl mapped);
}
