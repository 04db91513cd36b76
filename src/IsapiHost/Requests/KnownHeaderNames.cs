using System.Collections.Frozen;
using Microsoft.Net.Http.Headers;

namespace IsapiHost.Requests;

/// <summary>Names that extensions often ask for, so that looking one up makes no string.</summary>
internal static class KnownHeaderNames
{
    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> _names = new[]
    {
        HeaderNames.Accept, HeaderNames.AcceptCharset, HeaderNames.AcceptEncoding, HeaderNames.AcceptLanguage, HeaderNames.Authorization,
        HeaderNames.CacheControl, HeaderNames.Connection, HeaderNames.ContentEncoding, HeaderNames.ContentLength, HeaderNames.ContentType,
        HeaderNames.Cookie, HeaderNames.Date, HeaderNames.DNT, HeaderNames.Expect, HeaderNames.From, HeaderNames.Host, HeaderNames.IfMatch,
        HeaderNames.IfModifiedSince, HeaderNames.IfNoneMatch, HeaderNames.IfRange, HeaderNames.IfUnmodifiedSince, HeaderNames.Origin,
        HeaderNames.Pragma, HeaderNames.Range, HeaderNames.Referer, HeaderNames.TE, HeaderNames.TransferEncoding, HeaderNames.Upgrade,
        HeaderNames.UserAgent, HeaderNames.Via, HeaderNames.XRequestedWith, "SOAPAction", "X-Forwarded-For", "X-Forwarded-Host",
        "X-Forwarded-Proto", "X-Original-URL",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase).GetAlternateLookup<ReadOnlySpan<char>>();

    public static string Intern(ReadOnlySpan<char> name) => _names.TryGetValue(name, out var known) ? known : name.ToString();
}
