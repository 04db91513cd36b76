namespace IsapiHost.Mapping;

/// <summary>A URL prefix (empty for the root) and its folder without a trailing separator.</summary>
internal readonly record struct VirtualDirectory(string UrlPrefix, string Folder)
{
    /// <summary>Compares at segment borders, without case.</summary>
    public bool Contains(ReadOnlySpan<char> url) =>
        url.StartsWith(UrlPrefix, StringComparison.OrdinalIgnoreCase) && (url.Length == UrlPrefix.Length || url[UrlPrefix.Length] == '/');
}
