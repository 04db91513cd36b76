using System.Net;
using Microsoft.AspNetCore.Http;

namespace IsapiHost.Cli.Configuration;

/// <summary>
/// Checks an address to listen on before the server sees it, so that the user reads about it together with all other faults.
/// </summary>
internal static class ListenAddress
{
    /// <summary>Where the command listens if nobody says otherwise.</summary>
    public const string Default = $"http://localhost:{DefaultPort}";

    /// <summary>The port of that address.</summary>
    public const string DefaultPort = "8080";

    /// <summary>Splits values at <c>;</c> and checks each address.</summary>
    public static IReadOnlyList<string> Read(IReadOnlyList<GivenValue> values, FaultList faults)
    {
        List<string> addresses = [];
        foreach (GivenValue value in values)
        {
            foreach (string written in value.Text.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
            {
                string address = InLowerCase(written);
                if (FaultOf(address) is { } fault)
                {
                    faults.Add(value.Where, $"\"{address}\" {fault}");
                }
                else if (!addresses.Contains(address, StringComparer.OrdinalIgnoreCase))
                {
                    addresses.Add(address);
                }
            }
        }

        return addresses;
    }

    // Kestrel knows localhost and the schemes in lower case only; the path of a Unix socket is what it is.
    private static string InLowerCase(string address)
    {
        int scheme = address.IndexOf("://", StringComparison.Ordinal);
        if (scheme < 0)
        {
            return address;
        }

        int end = scheme + "://".Length;
        string rest = address[end..];
        var isFile = rest.StartsWith("unix:", StringComparison.OrdinalIgnoreCase)
            || rest.StartsWith("pipe:", StringComparison.OrdinalIgnoreCase);
        return address[..end].ToLowerInvariant() + (isFile ? rest : rest.ToLowerInvariant());
    }

    // Kestrel takes what it cannot read for a name, and listens on all addresses then.
    private static bool LooksLikeAddress(string host) =>
        host.Contains('.', StringComparison.Ordinal) && host.All(letter => letter == '.' || char.IsAsciiDigit(letter));

    private static string? FaultOf(string address)
    {
        if (address.Any(char.IsControl))
        {
            return "has a control character. Take it out.";
        }

        if (!address.Contains("://", StringComparison.Ordinal))
        {
            string port = address.TrimStart(':');
            return int.TryParse(port, out _)
                ? $"is not a URL. Write http://localhost:{port} for this machine alone, or http://*:{port} for all that can reach it"
                : $"is not a URL. Write http://{address}";
        }

        BindingAddress parsed;
        try
        {
            parsed = BindingAddress.Parse(address);
        }
        catch (FormatException)
        {
            return $"is not a URL to listen on. Write for example {Default} or http://*:80";
        }

        return parsed switch
        {
            { Scheme: not ("http" or "https") } => "does not begin with http:// or https://.",
            { IsUnixPipe: true } or { IsNamedPipe: true } => null,
            { PathBase.Length: > 0 } => $"has a path. Leave {parsed.PathBase} out; --map \"/prefix/*=PATH\" serves a module below a path.",
            { Host: var host } when LooksLikeAddress(host) && !IPAddress.TryParse(host, out _) =>
                $"has no valid address: {host}. Write one of this machine, localhost, or * for all of them.",
            { Port: < 0 or > 65535 } => "has a port outside 0 to 65535.",
            { Host: "localhost", Port: 0 } => "asks for any free port, which needs a single address. Write http://127.0.0.1:0",
            // The parser takes what follows the colon as part of the name where it is not a number.
            _ when parsed.Host.Contains(':', StringComparison.Ordinal) && !parsed.Host.StartsWith('[') =>
                "has a port that is not a number.",
            _ => null,
        };
    }
}
