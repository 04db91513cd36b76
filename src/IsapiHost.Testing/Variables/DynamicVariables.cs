using System.Globalization;
using System.Numerics;
using System.Security.Cryptography;
using System.Text.RegularExpressions;

namespace IsapiHost.Testing.Variables;

/// <summary>
/// The variables that have a new value each time: those of Visual Studio and REST Client (<c>$guid</c>, <c>$randomInt 1 10</c>,
/// <c>$datetime iso8601 -1 d</c>) and of the JetBrains editors (<c>$random.integer(1, 10)</c>).
/// </summary>
internal static partial class DynamicVariables
{
    private const string Digits = "0123456789";
    private const string HexDigits = "0123456789abcdef";
    private const string Letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
    private const int DefaultMaximum = 1_000;
    private const int DefaultLength = 10;
    private const int LongestText = 10_000;

    /// <summary>The names, for messages.</summary>
    public const string Names = "$guid, $timestamp, $datetime, $localDatetime, $isoTimestamp, $randomInt and $random.…";

    /// <param name="reference">What stands between the braces.</param>
    /// <returns>The value; null if there is no such variable.</returns>
    /// <exception cref="FormatException">The arguments are wrong; the message says what to write.</exception>
    public static string? Value(string reference)
    {
        if (Call().Match(reference) is not { Success: true } call)
        {
            return null;
        }

        string[] arguments = [.. Argument().Matches(call.Groups["arguments"].Value).Select(match => Unquoted(match.Value))];
        return call.Groups["name"].Value.ToUpperInvariant() switch
        {
            "GUID" or "UUID" or "RANDOM.UUID" => Guid.NewGuid().ToString(),
            "TIMESTAMP" => Shift(DateTimeOffset.UtcNow, arguments).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture),
            "ISOTIMESTAMP" => DateTimeVariable.Format(Shift(DateTimeOffset.UtcNow, arguments), "iso8601"),
            "DATETIME" => Time(DateTimeOffset.UtcNow, arguments),
            "LOCALDATETIME" => Time(DateTimeOffset.Now, arguments),
            "RANDOMINT" or "RANDOM.INTEGER" => Integer(arguments),
            "RANDOM.FLOAT" => Float(arguments),
            "RANDOM.ALPHABETIC" => RandomText(Letters, arguments),
            "RANDOM.ALPHANUMERIC" => RandomText(Letters + Digits, arguments),
            "RANDOM.HEXADECIMAL" => RandomText(HexDigits, arguments),
            "RANDOM.EMAIL" => $"{RandomNumberGenerator.GetString(Letters, DefaultLength)}@example.com",
            _ => null,
        };
    }

    private static string Time(DateTimeOffset now, string[] arguments)
    {
        var hasFormat = arguments.Length is 1 or 3;
        var format = hasFormat ? arguments[0] : "iso8601";
        var time = Shift(now, hasFormat ? arguments[1..] : arguments);
        try
        {
            return DateTimeVariable.Format(time, format);
        }
        catch (FormatException e)
        {
            throw new FormatException($"'{format}' is not a date format. Write iso8601, rfc1123 or a format such as \"yyyy-MM-dd\".", e);
        }
    }

    private static string Unquoted(string text) => text is ['"' or '\'', .. var inner, '"' or '\''] ? inner : text;

    private static DateTimeOffset Shift(DateTimeOffset time, string[] offset)
    {
        const string form = "Write an offset as a number and a unit: ms, s, m, h, d, w, M or y, such as -1 d.";
        if (offset.Length == 0)
        {
            return time;
        }

        if (offset.Length != 2 || !int.TryParse(offset[0], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var count))
        {
            throw new FormatException($"'{string.Join(' ', offset)}' is not an offset. {form}");
        }

        try
        {
            return offset[1] switch
            {
                "ms" => time.AddMilliseconds(count),
                "s" => time.AddSeconds(count),
                "m" => time.AddMinutes(count),
                "h" => time.AddHours(count),
                "d" => time.AddDays(count),
                "w" => time.AddDays(7.0 * count),
                "M" => time.AddMonths(count),
                "Q" => time.AddMonths(checked(3 * count)),
                "y" => time.AddYears(count),
                _ => throw new FormatException($"'{offset[1]}' is not a unit of time. {form}"),
            };
        }
        catch (Exception e) when (e is ArgumentException or OverflowException)
        {
            throw new FormatException($"'{string.Join(' ', offset)}' leads outside the calendar. {form}", e);
        }
    }

    // The upper bound is not included, as in REST Client and in the JetBrains editors.
    private static string Integer(string[] arguments)
    {
        var (least, most) = Bounds<long>(arguments, "Write two whole numbers, the smaller one first: $randomInt 1 100.");
        return Random.Shared.NextInt64(least, most).ToString(CultureInfo.InvariantCulture);
    }

    private static string Float(string[] arguments)
    {
        var (least, most) = Bounds<double>(arguments, "Write two numbers, the smaller one first: $random.float(0.5, 1.5).");
        return (least + (Random.Shared.NextDouble() * (most - least))).ToString(CultureInfo.InvariantCulture);
    }

    private static (TNumber Least, TNumber Most) Bounds<TNumber>(string[] arguments, string form)
        where TNumber : INumber<TNumber>
    {
        TNumber[] numbers = [.. arguments.Select(text =>
            TNumber.TryParse(text, CultureInfo.InvariantCulture, out var number) ? number : throw new FormatException(form))];
        var (least, most) = numbers switch
        {
            [] => (TNumber.Zero, TNumber.CreateChecked(DefaultMaximum)),
            [var end] => (TNumber.Zero, end),
            [var start, var end] => (start, end),
            _ => throw new FormatException(form),
        };
        return least < most ? (least, most) : throw new FormatException(form);
    }

    private static string RandomText(string characters, string[] arguments) => arguments switch
    {
        [] => RandomNumberGenerator.GetString(characters, DefaultLength),
        [var text] when int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var length) && length is > 0 and <= LongestText =>
            RandomNumberGenerator.GetString(characters, length),
        _ => throw new FormatException($"Write one length from 1 to {LongestText}: $random.alphanumeric(8)."),
    };

    [GeneratedRegex(@"^\$(?<name>[\w.]+)(?:\s*\((?<arguments>.*)\)|\s+(?<arguments>.+))?$", RegexOptions.CultureInvariant)]
    private static partial Regex Call();

    [GeneratedRegex(@"""[^""]*""|'[^']*'|[^\s,]+", RegexOptions.CultureInvariant)]
    private static partial Regex Argument();
}
