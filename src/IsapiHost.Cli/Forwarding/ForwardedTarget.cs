using System.Text;

namespace IsapiHost.Cli.Forwarding;

/// <summary>The address of a request at the site: path and query go on as they came, without being decoded or normalized.</summary>
internal static class ForwardedTarget
{
    private static readonly UriCreationOptions _asItIs = new() { DangerousDisablePathAndQueryCanonicalization = true };

    /// <summary>The address.</summary>
    /// <param name="site">Scheme, host and port: <c>http://127.0.0.1:8081</c>.</param>
    /// <param name="target">Path and query.</param>
    public static Uri Of(string site, ReadOnlySpan<char> target) =>
        new(string.Concat(site, target.StartsWith('/') ? "" : "/", Printable(target)), _asItIs);

    // Kestrel lets nothing else through, but a filter may have written the target: a line break in it would be a second request.
    private static ReadOnlySpan<char> Printable(ReadOnlySpan<char> target)
    {
        if (!target.ContainsAnyExceptInRange('!', '~'))
        {
            return target;
        }

        StringBuilder printable = new(target.Length + 16);
        foreach (var octet in Encoding.UTF8.GetBytes(target.ToString()))
        {
            _ = octet is >= (byte)'!' and <= (byte)'~'
                ? printable.Append((char)octet)
                : printable.Append('%').Append(octet.ToString("X2", null));
        }

        return printable.ToString();
    }
}
