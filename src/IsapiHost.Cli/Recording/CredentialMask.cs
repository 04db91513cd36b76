using IsapiHost.Diagnostics;

namespace IsapiHost.Cli.Recording;

/// <summary>
/// Keeps <see cref="Credentials"/> out of recorded files. In requests an environment variable takes their place, so that they can be sent
/// again without standing in a file; in responses a mask does.
/// </summary>
internal static class CredentialMask
{
    private const string AnyText = "{{.*}}";

    /// <summary>A request header's value as it is written.</summary>
    public static string RequestHeader(string name, string value) => Credentials.IsHeader(name) ? Reference(name) : value;

    /// <summary>A response header's value as it is written: of a cookie only the name.</summary>
    /// <param name="name">The header.</param>
    /// <param name="value">The value, masks already escaped.</param>
    public static string ResponseHeader(string name, string value)
    {
        if (!name.Equals("Set-Cookie", StringComparison.OrdinalIgnoreCase))
        {
            return Credentials.IsHeader(name) ? AnyText : value;
        }

        var equals = value.IndexOf('=', StringComparison.Ordinal);
        return equals < 0 ? AnyText : value[..(equals + 1)] + AnyText;
    }

    /// <summary>A query string or a body (form, multipart, JSON, XML) without the values of fields whose names speak of secrets.</summary>
    public static string Fields(string text) => Credentials.ReplaceFields(text, Reference);

    // X-Api-Key becomes ISAPIHOST_API_KEY.
    private static string Reference(string name)
    {
        var plain = name.StartsWith("X-", StringComparison.OrdinalIgnoreCase) ? name[2..] : name;
        return $"{{{{$processEnv ISAPIHOST_{plain.ToUpperInvariant().Replace('-', '_')}}}}}";
    }
}
