using System.Text;
using IsapiHost.Diagnostics;
using IsapiHost.Testing.Expectations;
using IsapiHost.Testing.Messages;

namespace IsapiHost.Cli.Recording;

/// <summary>
/// The values that <see cref="CredentialMask"/> takes out of an exchange's heads and fields: where the response repeats one of them
/// letter by letter, it is masked as well. Short values are left alone, since they may be any word.
/// </summary>
internal sealed class ExchangeSecrets
{
    private const int Shortest = 8;
    private const string AnyText = "{{.*}}";

    private readonly string[] _values;

    private ExchangeSecrets(IEnumerable<string> values) =>
        _values = [.. values.Where(value => value.Length >= Shortest).Distinct().OrderByDescending(value => value.Length)];

    public static ExchangeSecrets Of(Exchange exchange)
    {
        IEnumerable<string> fields = Credentials.FieldValues(exchange.Target);
        if (BodyText.IsUtf8(exchange.Body))
        {
            fields = fields.Concat(Credentials.FieldValues(BodyText.Decode(exchange.Body)));
        }

        return new ExchangeSecrets(
        [
            .. exchange.Headers.Where(h => Credentials.IsHeader(h.Key)).SelectMany(h => Parts(h.Key, h.Value)),
            .. exchange.Response.HeaderValues("Set-Cookie").SelectMany(CookieValues),
            .. fields.SelectMany(value => (string[])[value, Uri.UnescapeDataString(value.Replace('+', ' '))]),
        ]);
    }

    /// <summary>A line of expected text without them.</summary>
    /// <param name="line">The line, masks already escaped.</param>
    /// <param name="host">The address that stands there as a mask.</param>
    public string Mask(string line, string host) =>
        _values.Aggregate(line, (masked, value) => masked.Replace(MaskedText.Literal(value, host), AnyText, StringComparison.Ordinal));

    /// <summary>Whether bytes that are not written as text hold one.</summary>
    public bool AreIn(ReadOnlySpan<byte> body)
    {
        foreach (string value in _values)
        {
            if (body.IndexOf(Encoding.UTF8.GetBytes(value)) >= 0)
            {
                return true;
            }
        }

        return false;
    }

    // "Bearer abc" is repeated as "abc" too, and of cookies single ones are.
    private static IEnumerable<string> Parts(string header, string value) => header.Equals("Cookie", StringComparison.OrdinalIgnoreCase)
        ? [value, .. value.Split(';', StringSplitOptions.TrimEntries).SelectMany(CookieValues)]
        : [value, value[(value.IndexOf(' ', StringComparison.Ordinal) + 1)..]];

    private static IEnumerable<string> CookieValues(string cookie) =>
        cookie.Split(';')[0].Split('=', 2) is [_, var value] ? [value.Trim(), value.Trim().Trim('"')] : [];
}
