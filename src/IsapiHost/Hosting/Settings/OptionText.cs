using System.Globalization;

namespace IsapiHost.Hosting.Settings;

/// <summary>The text of a setting as a value of its option, and the sentence that says what would be right.</summary>
internal static class OptionText
{
    private const string NoLimit = "unlimited";

    /// <summary>Whether configuration can hold a value of this type.</summary>
    public static bool IsBindable(Type type) =>
        type == typeof(string) || type == typeof(bool) || type == typeof(int) || type == typeof(long) || type == typeof(TimeSpan)
        || type == typeof(Version) || type.IsEnum;

    /// <summary>Reads a text; whether the value is within its bounds is the validator's question, but for numbers that the type cannot hold.</summary>
    public static bool TryRead(OptionProperty option, string text, out object? value)
    {
        value = null;
        if (option.OrUnlimited && text.Equals(NoLimit, StringComparison.OrdinalIgnoreCase))
        {
            return true;
        }

        value = Read(option.Type, text);
        return value is not null;
    }

    /// <summary>What a text of this option must be, as an imperative sentence.</summary>
    public static string RuleOf(OptionProperty option)
    {
        var bounds = option.Bounds;
        return option.Type switch
        {
            var type when type == typeof(bool) => "write true or false.",
            var type when type == typeof(TimeSpan) =>
                $"write seconds (30) or hh:mm:ss (00:00:30){(bounds is null ? "" : Invariant($", from {bounds.Least} to {bounds.Most} seconds"))}.",
            var type when type == typeof(Version) => "write two numbers with a point between, such as 8.0.",
            { IsEnum: true } type => $"write {string.Join(" or ", Enum.GetNames(type))}.",
            _ when bounds is null => $"write a whole number{(option.OrUnlimited ? $", or {NoLimit}" : "")}.",
            _ => Invariant($"write a whole number from {bounds.Least} to {bounds.Most}{(bounds.OrUnlimited ? $", or {NoLimit}" : "")}."),
        };
    }

    /// <summary>A value as configuration would have it.</summary>
    public static string Show(object? value) => value switch
    {
        null => NoLimit,
        TimeSpan time when time.Ticks % TimeSpan.TicksPerSecond == 0 => Invariant($"{time.Ticks / TimeSpan.TicksPerSecond}"),
        bool flag => flag ? "true" : "false",
        _ => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "",
    };

    /// <summary>Whether a value is within the bounds of its option.</summary>
    public static bool IsWithin(BoundsAttribute bounds, object value) => value switch
    {
        TimeSpan time => time >= TimeSpan.FromSeconds(bounds.Least) && time <= TimeSpan.FromSeconds(bounds.Most),
        IConvertible number => number.ToInt64(CultureInfo.InvariantCulture) is var whole && whole >= bounds.Least && whole <= bounds.Most,
        _ => true,
    };

    private static object? Read(Type type, string text) => type switch
    {
        _ when type == typeof(string) => text,
        _ when type == typeof(bool) => bool.TryParse(text, out var flag) ? flag : null,
        _ when type == typeof(int) => int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null,
        _ when type == typeof(long) => long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null,
        _ when type == typeof(TimeSpan) => ReadTime(text),
        _ when type == typeof(Version) => Version.TryParse(text, out var version) ? version : null,
        _ => Enum.TryParse(type, text, ignoreCase: true, out var member) && Enum.IsDefined(type, member) ? member : null,
    };

    // A bare "30" would be 30 days to .NET.
    private static TimeSpan? ReadTime(string text)
    {
        if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds))
        {
            return TimeSpan.FromSeconds(Math.Min(seconds, (long)TimeSpan.MaxValue.TotalSeconds - 1));
        }

        return text.Contains(':', StringComparison.Ordinal) && TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var time) ? time : null;
    }

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);
}
