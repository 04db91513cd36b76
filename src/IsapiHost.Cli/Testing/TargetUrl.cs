namespace IsapiHost.Cli.Testing;

/// <summary>The address of a running server, as <c>--target</c> takes it.</summary>
internal static class TargetUrl
{
    /// <summary>The address; null, and a fault, if it is none.</summary>
    public static Uri? Parse(string text, List<string> faults)
    {
        if (Uri.TryCreate(text, UriKind.Absolute, out Uri? url) && url.Scheme is "http" or "https" && url is { PathAndQuery: "/", UserInfo: "" })
        {
            return url;
        }

        faults.Add($"--target {text}: this is not the address of a server. Write scheme, name and port only, such as http://old-server:8080.");
        return null;
    }
}
