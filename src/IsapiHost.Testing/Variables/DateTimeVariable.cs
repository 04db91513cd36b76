using System.Globalization;
using System.Text;

namespace IsapiHost.Testing.Variables;

/// <summary>
/// <c>$datetime</c> and <c>$localDatetime</c>: <c>iso8601</c>, <c>rfc1123</c>, or a format of the writer's own, as .NET has it
/// (<c>"dd-MM-yyyy"</c>, Visual Studio) or as Day.js has it (<c>"DD-MM-YYYY"</c>, REST Client).
/// </summary>
internal static class DateTimeVariable
{
    public static string Format(DateTimeOffset time, string format) => format.ToUpperInvariant() switch
    {
        "ISO8601" => Custom(time, time.Offset == TimeSpan.Zero ? "yyyy-MM-ddTHH:mm:ss.fffZ" : "yyyy-MM-ddTHH:mm:ss.fffzzz"),
        "RFC1123" when time.Offset == TimeSpan.Zero => time.ToString("R", CultureInfo.InvariantCulture),
        "RFC1123" => time.ToString("ddd, dd MMM yyyy HH:mm:ss ", CultureInfo.InvariantCulture) + Zone(time),
        _ when format.AsSpan().ContainsAny('Y', 'D') => FormatAsDayJs(time, format),
        _ => Custom(time, format),
    };

    private static string FormatAsDayJs(DateTimeOffset time, string format)
    {
        StringBuilder text = new();
        for (var at = 0; at < format.Length;)
        {
            var end = at + 1;
            if (format[at] == '[' && format.IndexOf(']', at) is > 0 and var close)
            {
                text.Append(format, at + 1, close - at - 1);
                at = close + 1;
                continue;
            }

            while (end < format.Length && format[end] == format[at])
            {
                end++;
            }

            text.Append(char.IsAsciiLetter(format[at]) ? Part(time, format[at..end]) : format[at..end]);
            at = end;
        }

        return text.ToString();
    }

    // The tokens that the two languages write differently; a single letter would be a standard format to .NET.
    private static string Part(DateTimeOffset time, string token) => token switch
    {
        "d" => ((int)time.DayOfWeek).ToString(CultureInfo.InvariantCulture),
        "dd" => time.ToString("ddd", CultureInfo.InvariantCulture)[..2],
        "ZZ" => Zone(time),
        "a" => Custom(time, "tt").ToLowerInvariant(),
        "A" => Custom(time, "tt"),
        "Z" => Custom(time, "zzz"),
        _ => Custom(time, token.Replace('Y', 'y').Replace('D', 'd').Replace('S', 'f')),
    };

    private static string Custom(DateTimeOffset time, string format) =>
        time.ToString(format.Length == 1 ? $"%{format}" : format, CultureInfo.InvariantCulture);

    private static string Zone(DateTimeOffset time) => time.ToString("zzz", CultureInfo.InvariantCulture).Replace(":", "", StringComparison.Ordinal);
}
