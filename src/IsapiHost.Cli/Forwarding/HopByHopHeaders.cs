using System.Collections.Frozen;
using Microsoft.Extensions.Primitives;

namespace IsapiHost.Cli.Forwarding;

/// <summary>The headers that belong to one connection and not to the message (RFC 9110, 7.6.1): each side gets its own.</summary>
internal static class HopByHopHeaders
{
    private static readonly FrozenSet<string> _names = new[]
    {
        "Connection", "Keep-Alive", "Proxy-Connection", "TE", "Trailer", "Transfer-Encoding", "Upgrade", "HTTP2-Settings",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether a header stays on its connection.</summary>
    /// <param name="name">The header.</param>
    /// <param name="connection">The values of the message's <c>Connection</c>, which may name more.</param>
    public static bool Contains(string name, StringValues connection) =>
        _names.Contains(name) || (connection.Count > 0 && HasToken(connection, name));

    /// <summary>Whether a list header, such as <c>Connection</c>, has an element.</summary>
    public static bool HasToken(StringValues list, string token)
    {
        foreach (var line in list)
        {
            foreach (var range in line.AsSpan().Split(','))
            {
                // What follows a semicolon is a parameter: "trailers;q=0.5".
                var element = line.AsSpan(range);
                var end = element.IndexOf(';');
                if ((end < 0 ? element : element[..end]).Trim().Equals(token, StringComparison.OrdinalIgnoreCase))
                {
                    return true;
                }
            }
        }

        return false;
    }
}
