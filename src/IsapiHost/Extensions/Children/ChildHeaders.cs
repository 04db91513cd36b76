using System.Text;
using IsapiHost.Interop.Abi;
using IsapiHost.Responses.Heads;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace IsapiHost.Extensions.Children;

/// <summary>The request headers of a child.</summary>
internal static class ChildHeaders
{
    private static readonly string[] s_conditionsAndRange =
    [
        HeaderNames.IfMatch, HeaderNames.IfNoneMatch, HeaderNames.IfModifiedSince, HeaderNames.IfUnmodifiedSince, HeaderNames.IfRange,
        HeaderNames.Range,
    ];

    /// <summary>Reads pszChildHeaders. Lines that are no header, or that control characters make ambiguous, are left out.</summary>
    public static IHeaderDictionary Parse(ReadOnlySpan<byte> text, Encoding encoding)
    {
        var headers = new HeaderDictionary();
        var lines = new HeadLines(text);
        while (lines.TryRead(out var line))
        {
            var colon = line.IndexOf((byte)':');
            if (colon < 0)
            {
                continue;
            }

            var name = line[..colon].Trim(" \t"u8);
            var value = encoding.GetString(line[(colon + 1)..].Trim(FieldText.Blanks));
            if (FieldText.IsToken(name) && !value.Any(c => char.IsControl(c) && c != '\t'))
            {
                headers.Append(Encoding.ASCII.GetString(name), value);
            }
        }

        return headers;
    }

    /// <summary>The headers of a child: those it was given, or those of its parent; with what tells the length of its own body.</summary>
    /// <param name="parent">The parent.</param>
    /// <param name="call">What the extension asked for.</param>
    /// <param name="length">The length of the child's body, null when unknown.</param>
    public static IHeaderDictionary Of(HttpRequest parent, ChildCall call, long? length)
    {
        IHeaderDictionary headers = new HeaderDictionary();
        foreach (var (name, value) in call.Headers ?? parent.Headers)
        {
            headers[name] = value;
        }

        // Which host was asked is no matter of the child's: the site is the same.
        if (!headers.ContainsKey(HeaderNames.Host))
        {
            headers.Host = parent.Headers.Host;
        }

        // The parent's credentials are not those of the user whom the extension names.
        if (call.User is not null && call.Headers is null)
        {
            headers.Remove(HeaderNames.Authorization);
        }

        if ((call.Flags & HSE_EXEC_URL.IGNORE_VALIDATION_AND_RANGE) != 0)
        {
            foreach (var name in s_conditionsAndRange)
            {
                headers.Remove(name);
            }
        }

        headers.Remove(HeaderNames.TransferEncoding);
        headers.Remove(HeaderNames.ContentLength);
        if (length is null)
        {
            headers.TransferEncoding = "chunked";
        }
        else if (length > 0 || (call.Headers is null && parent.ContentLength is not null))
        {
            headers.ContentLength = length;
        }

        return headers;
    }
}
