using System.Text;
using IsapiHost.Interop;
using IsapiHost.Requests;
using IsapiHost.Responses.Heads;
using Microsoft.AspNetCore.Http;

namespace IsapiHost.Filters;

/// <summary>GetHeader, SetHeader and AddHeader on the request or on the response. Each answers with a Win32 error code, 0 for success.</summary>
/// <remarks>Names of headers end in a colon, without regard to case; names of pseudo headers (<c>url</c>, <c>method</c>, <c>version</c>, <c>status</c>) have none.</remarks>
internal abstract class HeaderSet
{
    /// <summary>How the strings of headers and their bytes are made of each other.</summary>
    protected abstract Encoding Encoding { get; }

    public Win32Error Get(ReadOnlySpan<byte> name, Span<byte> buffer, out int size)
    {
        size = 0;
        string? value;
        if (TryReadName(name, out var header))
        {
            value = GetField(header);
        }
        else if (TryReadPseudoName(name, out var pseudo))
        {
            value = GetPseudo(pseudo);
        }
        else
        {
            return Win32Error.INVALID_PARAMETER;
        }

        if (value is null)
        {
            return Win32Error.INVALID_INDEX;
        }

        size = Encoding.GetByteCount(value) + 1;
        if (size > buffer.Length)
        {
            return Win32Error.INSUFFICIENT_BUFFER;
        }

        Encoding.GetBytes(value, buffer);
        buffer[size - 1] = 0;
        return Win32Error.SUCCESS;
    }

    /// <summary>Replaces a header, or adds one more; an empty value removes it in both cases.</summary>
    public Win32Error Put(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value, bool adds)
    {
        // A line end would let a filter's input become another header.
        if (value.ContainsAny((byte)'\r', (byte)'\n'))
        {
            return Win32Error.INVALID_PARAMETER;
        }

        if (TryReadName(name, out var header))
        {
            return PutField(header, Encoding.GetString(value), adds);
        }

        return TryReadPseudoName(name, out var pseudo) ? PutPseudo(pseudo, value) : Win32Error.INVALID_PARAMETER;
    }

    protected abstract string? GetField(string name);

    protected abstract Win32Error PutField(string name, string value, bool adds);

    /// <param name="name">In lower case.</param>
    protected abstract string? GetPseudo(string name);

    /// <param name="name">In lower case.</param>
    /// <param name="value">The value's bytes, as the filter gave them.</param>
    protected abstract Win32Error PutPseudo(string name, ReadOnlySpan<byte> value);

    private static bool TryReadName(ReadOnlySpan<byte> name, out string header)
    {
        header = "";
        if (name.IsEmpty || name[^1] != ':' || !FieldText.IsToken(name[..^1]))
        {
            return false;
        }

        header = KnownHeaderNames.Intern(Encoding.ASCII.GetString(name[..^1]));
        return true;
    }

    private static bool TryReadPseudoName(ReadOnlySpan<byte> name, out string pseudo)
    {
        pseudo = FieldText.IsToken(name) ? Encoding.ASCII.GetString(name).ToLowerInvariant() : "";
        return pseudo is "url" or "method" or "version" or "status";
    }

    /// <summary>Sets or adds a field; an empty value removes it. Filters remove private fields before they set them, whether they are there or not.</summary>
    protected static void Change(IHeaderDictionary headers, string name, string value, bool adds)
    {
        if (value.Length == 0)
        {
            headers.Remove(name);
        }
        else if (adds)
        {
            headers.Append(name, value);
        }
        else
        {
            headers[name] = value;
        }
    }
}
