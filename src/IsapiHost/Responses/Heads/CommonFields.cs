using System.Text;

namespace IsapiHost.Responses.Heads;

/// <summary>The names and values that most responses are made of, so that reading them costs no string.</summary>
internal static class CommonFields
{
    private static readonly string[][] s_names = ByLength(
        "Accept-Ranges", "Access-Control-Allow-Origin", "Age", "Allow", "Cache-Control", "Connection", "Content-Disposition",
        "Content-Encoding", "Content-Language", "Content-Length", "Content-Location", "Content-Range", "Content-Type", "Date", "ETag",
        "Expires", "Keep-Alive", "Last-Modified", "Link", "Location", "P3P", "Pragma", "Proxy-Connection", "Refresh", "Retry-After",
        "Server", "Set-Cookie", "Status", "Strict-Transport-Security", "Transfer-Encoding", "Vary", "WWW-Authenticate",
        "X-Content-Type-Options", "X-Frame-Options", "X-Powered-By");

    private static readonly string[][] s_values = ByLength(
        "-1", "0", "*", "Accept-Encoding", "SAMEORIGIN", "application/javascript", "application/json", "application/json; charset=utf-8",
        "application/octet-stream", "application/pdf", "application/xml", "application/x-javascript", "bytes", "deflate", "gzip", "image/gif",
        "image/jpeg", "image/png", "max-age=0", "must-revalidate", "no-cache", "no-cache, no-store", "no-cache, no-store, must-revalidate",
        "no-store", "nosniff", "none", "private", "public", "text/css", "text/html", "text/html; charset=ISO-8859-1",
        "text/html; charset=UTF-8", "text/html; charset=iso-8859-1", "text/html; charset=utf-8", "text/html;charset=UTF-8",
        "text/html;charset=utf-8", "text/javascript", "text/plain", "text/plain; charset=utf-8", "text/xml", "text/xml; charset=utf-8");

    /// <summary>The usual spelling of a field name written in any case, or null.</summary>
    public static string? FindName(ReadOnlySpan<byte> name)
    {
        foreach (string candidate in OfLength(s_names, name.Length))
        {
            if (Ascii.EqualsIgnoreCase(name, candidate))
            {
                return candidate;
            }
        }

        return null;
    }

    /// <summary>A value with exactly these bytes, or null.</summary>
    public static string? FindValue(ReadOnlySpan<byte> value)
    {
        foreach (string candidate in OfLength(s_values, value.Length))
        {
            if (Ascii.Equals(value, candidate))
            {
                return candidate;
            }
        }

        return null;
    }

    private static string[] OfLength(string[][] table, int length) => length < table.Length ? table[length] : [];

    private static string[][] ByLength(params string[] texts)
    {
        ILookup<int, string> lookup = texts.ToLookup(text => text.Length);
        return [.. Enumerable.Range(0, texts.Max(text => text.Length) + 1).Select(length => lookup[length].ToArray())];
    }
}
