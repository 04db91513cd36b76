namespace IsapiHost.Mapping;

/// <summary>Has a say in what a URL maps to, for one request: filters that asked for URL_MAP. A feature of the request.</summary>
internal interface IUrlMapFilter
{
    /// <summary>Runs something that maps URLs on a thread that may run native code.</summary>
    ValueTask RunAsync(Action mappings);

    /// <summary>The physical path that takes the place of the mapped one; null to leave it. Calls native code on the calling thread.</summary>
    string? Filter(ReadOnlySpan<char> url, ReadOnlySpan<char> path, in MappedUrl mapped);
}
