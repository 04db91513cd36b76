namespace IsapiHost.Cli.Forwarding;

/// <summary>What the address of a site behind this host may look like.</summary>
internal static class SiteAddress
{
    /// <summary>What is wrong with an address, as the end of a sentence that begins with it; null if nothing is.</summary>
    public static string? FaultOf(Uri site) => site switch
    {
        { IsAbsoluteUri: false } => "is not a URL. Write for example http://127.0.0.1:8081",
        { Scheme: not ("http" or "https") } => "does not begin with http:// or https://.",
        { UserInfo.Length: > 0 } => "has a user name. Leave it out; the client's own login is passed on.",
        { PathAndQuery: not "/" } or { Fragment.Length: > 0 } =>
            $"has a path. Leave it out: the paths of requests stay as they are. Write {site.GetLeftPart(UriPartial.Authority)}",
        _ => null,
    };
}
