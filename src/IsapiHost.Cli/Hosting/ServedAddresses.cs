namespace IsapiHost.Cli.Hosting;

/// <summary>The URL patterns of a host as a reader sees them: never a path of the file system.</summary>
internal static class ServedAddresses
{
    /// <summary>A pattern in words.</summary>
    public static string Describe(HandlerMapping handler) => handler.Kind switch
    {
        HandlerMappingKind.Wildcard => "every URL",
        HandlerMappingKind.Script => $"URLs whose file name ends in {FileExtension(handler)}",
        HandlerMappingKind.Prefix => $"{Prefix(handler)} and everything below it",
        _ => $"{handler.Pattern} and everything below it",
    };

    /// <summary>A URL to try: an address that the server listens on, and a path that the pattern takes.</summary>
    public static string Example(string listenAddress, HandlerMapping handler) => Reachable(listenAddress) + handler.Kind switch
    {
        HandlerMappingKind.Wildcard => "/",
        HandlerMappingKind.Script => $"/NAME{Escaped(FileExtension(handler))}",
        HandlerMappingKind.Prefix => $"{Escaped(Prefix(handler))}/",
        _ => Escaped(handler.Pattern),
    };

    private static string FileExtension(HandlerMapping handler) => handler.Pattern[1..];

    private static string Prefix(HandlerMapping handler) => handler.Pattern[..^"/*".Length];

    private static string Escaped(string path) => Uri.EscapeDataString(path).Replace("%2F", "/", StringComparison.Ordinal);

    // "Any address" is a thing to listen on, nothing that a browser opens.
    private static string Reachable(string listenAddress)
    {
        foreach (string any in (ReadOnlySpan<string>)["://[::]", "://0.0.0.0", "://*", "://+"])
        {
            listenAddress = listenAddress.Replace(any, "://localhost", StringComparison.Ordinal);
        }

        return listenAddress;
    }
}
