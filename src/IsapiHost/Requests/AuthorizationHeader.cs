using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Unicode;

namespace IsapiHost.Requests;

/// <summary>Reading of an Authorization header.</summary>
internal static class AuthorizationHeader
{
    public static ReadOnlySpan<char> Scheme(ReadOnlySpan<char> value)
    {
        value = value.Trim();
        var end = value.IndexOf(' ');
        return end < 0 ? value : value[..end];
    }

    /// <summary>User and password of the Basic scheme. Browsers send UTF-8; older clients a code page, taken to be <paramref name="fallback"/>.</summary>
    public static bool TryReadBasic(
        ReadOnlySpan<char> value,
        Encoding fallback,
        [NotNullWhen(true)] out string? user,
        [NotNullWhen(true)] out string? password)
    {
        user = password = null;
        value = value.Trim();
        var scheme = Scheme(value);

        if (!scheme.Equals("Basic", StringComparison.OrdinalIgnoreCase))
        {
            return false;
        }

        var encoded = value[scheme.Length..].Trim();
        var buffer = ArrayPool<byte>.Shared.Rent(encoded.Length);

        try
        {
            if (!Convert.TryFromBase64Chars(encoded, buffer, out var length))
            {
                return false;
            }

            ReadOnlySpan<byte> credentials = buffer.AsSpan(0, length);
            var colon = credentials.IndexOf((byte)':');

            if (colon < 0)
            {
                return false;
            }

            var encoding = Utf8.IsValid(credentials) ? Encoding.UTF8 : fallback;
            user = encoding.GetString(credentials[..colon]);
            password = encoding.GetString(credentials[(colon + 1)..]);
            return true;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer, clearArray: true);
        }
    }
}
