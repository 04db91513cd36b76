using System.Text;

namespace IsapiHost.Testing.Sending;

/// <summary>Encodes the short forms of the editors: <c>Basic user password</c> and <c>Basic user:password</c> (RFC 7617).</summary>
internal static class BasicCredentials
{
    private const string Scheme = "Basic ";

    /// <summary>The value of Authorization as it is sent; what is encoded already, and other schemes, stay as they are.</summary>
    public static string Encode(string value)
    {
        if (!value.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
        {
            return value;
        }

        // Neither a colon nor a space stands in base64.
        var credentials = value[Scheme.Length..].Trim();
        var space = credentials.IndexOf(' ', StringComparison.Ordinal);
        var colon = credentials.IndexOf(':', StringComparison.Ordinal);
        var pair = space >= 0 && (colon < 0 || space < colon) ? $"{credentials[..space]}:{credentials[space..].TrimStart()}"
            : colon >= 0 ? credentials
            : null;
        return pair is null ? value : Scheme + Convert.ToBase64String(Encoding.UTF8.GetBytes(pair));
    }
}
