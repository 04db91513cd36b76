using IsapiHost.Requests;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace IsapiHost.Variables;

/// <summary>
/// One request header by name: <c>HTTP_USER_AGENT</c>, where underscores stand for dashes, or <c>HEADER_User-Agent</c>, literally.
/// </summary>
internal static class NamedHeader
{
    private const string HttpPrefix = "HTTP_";
    private const string LiteralPrefix = "HEADER_";

    public static bool HasPrefix(ReadOnlySpan<char> variable) =>
        variable.StartsWith(HttpPrefix, StringComparison.OrdinalIgnoreCase) || variable.StartsWith(LiteralPrefix, StringComparison.OrdinalIgnoreCase);

    /// <summary>Writes the header that a variable with one of the prefixes names; false when the request does not have it.</summary>
    public static bool TryWrite(RequestView view, ReadOnlySpan<char> variable, ref VariableWriter writer)
    {
        Span<char> name = stackalloc char[ServerVariables.MaxNameLength];

        if (variable.StartsWith(HttpPrefix, StringComparison.OrdinalIgnoreCase))
        {
            variable = variable[HttpPrefix.Length..];
            variable.Replace(name, '_', '-');
            name = name[..variable.Length];
        }
        else
        {
            variable = variable[LiteralPrefix.Length..];
            variable.CopyTo(name);
            name = name[..variable.Length];
        }

        // A pseudo header of HTTP/2 is no header.
        if (name.IsEmpty || name[0] == ':')
        {
            return false;
        }

        var header = KnownHeaderNames.Intern(name);

        if (PresentedHeaders.TryGet(view, header, out var values))
        {
            WriteJoined(header, values, ref writer);
            return true;
        }

        // A chunked body that the host has measured has a length without a header; both ways to ask must agree.
        if (view.ContentLength is > 0 and var length && header.Equals(HeaderNames.ContentLength, StringComparison.OrdinalIgnoreCase))
        {
            writer.AppendNumber(length);
            return true;
        }

        return false;
    }

    /// <summary>Several headers of one name as one value.</summary>
    public static void WriteJoined(string name, StringValues values, ref VariableWriter writer)
    {
        var separator = name.Equals(HeaderNames.Cookie, StringComparison.OrdinalIgnoreCase) ? "; "u8 : ", "u8;

        for (var i = 0; i < values.Count; i++)
        {
            if (i > 0)
            {
                writer.AppendAscii(separator);
            }

            writer.AppendHeader(values[i]);
        }
    }
}
