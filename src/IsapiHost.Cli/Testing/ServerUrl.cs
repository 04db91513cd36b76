namespace IsapiHost.Cli.Testing;

/// <summary>The address of a server, as <c>--target</c> and <c>--origin</c> take it.</summary>
internal static class ServerUrl
{
    /// <summary>The address; null, and a fault, if it is none.</summary>
    public static Uri? Parse(string option, string text, List<string> faults)
    {
        if (Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "http" or "https"
            && url is { PathAndQuery: "/", UserInfo: "" })
        {
            return url;
        }

        faults.Add($"{option} {text}: this is not the address of a server. "
            + "Write scheme, name and port only, such as http://old-server:8080.");
        return null;
    }
}
