using System.Globalization;
using IsapiHost.Forwarding;
using IsapiHost.Requests;
using IsapiHost.Tracing;

namespace IsapiHost.Cli.Configuration;

/// <summary>A setting that becomes one property of <see cref="IsapiOptions"/>.</summary>
/// <param name="Name">The key in section <c>Isapi</c>: the property's own name.</param>
/// <param name="Read">Reads the text: either what to do to the options, or the sentence that says what would be right.</param>
internal sealed record OptionSetting(string Name, Func<string, (Action<IsapiOptions>? Apply, string? Fault)> Read)
{
    /// <summary>A whole number within bounds.</summary>
    public static OptionSetting Whole(string name, int least, int most, Action<IsapiOptions, int> set) => new(name, text =>
        int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int value) && value >= least && value <= most
            ? (options => set(options, value), null)
            : (null, most == int.MaxValue ? $"write a whole number, {least} or more." : $"write a whole number from {least} to {most}."));

    /// <summary>A number of bytes, or <c>unlimited</c>, which is null.</summary>
    public static OptionSetting Bytes(string name, Action<IsapiOptions, long?> set) => new(name, text =>
        text.Equals("unlimited", StringComparison.OrdinalIgnoreCase) ? (options => set(options, null), null)
        : long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long value) ? (options => set(options, value), null)
        : (null, "write a number of bytes, or unlimited."));

    /// <summary>A text as it is.</summary>
    public static OptionSetting Text(string name, Action<IsapiOptions, string> set) => new(name, text => (options => set(options, text), null));

    /// <summary>A folder that is created when it is missing.</summary>
    public static OptionSetting Folder(string name, Action<IsapiOptions, string> set) => new(name, text =>
    {
        try
        {
            string folder = Directory.CreateDirectory(text).FullName;
            return (options => set(options, folder), null);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return (null, $"this folder cannot be created ({e.Message.TrimEnd('.')}). Name another one.");
        }
    });

    /// <summary>A condition for traces.</summary>
    public static OptionSetting Condition(string name, Action<IsapiOptions, string> set) => Checked(name, TraceCondition.Parse, set);

    /// <summary>A file with certificates.</summary>
    public static OptionSetting Certificates(string name, Action<IsapiOptions, string> set) => Checked(name, SiteCertificates.Load, set);

    /// <summary>The number of a code page that the library can encode with.</summary>
    public static OptionSetting CodePage(string name, Action<IsapiOptions, int> set) => new(name, text =>
    {
        if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int value))
        {
            return (null, "write the number of a code page, such as 1252.");
        }

        try
        {
            AnsiEncoding.Create(value);
            return (options => set(options, value), null);
        }
        catch (ArgumentException e)
        {
            return (null, e.Message);
        }
    });

    /// <summary>True or false.</summary>
    public static OptionSetting YesNo(string name, Action<IsapiOptions, bool> set) => new(name, text =>
        bool.TryParse(text, out bool value) ? (options => set(options, value), null) : (null, "write true or false."));

    /// <summary>A span of time: seconds as a plain number (a bare "30" would be 30 days to .NET), or <c>hh:mm:ss</c>.</summary>
    public static OptionSetting Seconds(string name, Action<IsapiOptions, TimeSpan> set) => new(name, text =>
    {
        TimeSpan value = default;
        bool read = int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int seconds)
            ? (value = TimeSpan.FromSeconds(seconds)) >= TimeSpan.Zero
            : text.Contains(':', StringComparison.Ordinal) && TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out value) && value >= TimeSpan.Zero;
        return read ? (options => set(options, value), null) : (null, "write seconds (30) or hh:mm:ss (00:00:30).");
    });

    /// <summary>A version with two numbers that each fit 16 bits, as the control block holds them.</summary>
    public static OptionSetting TwoPartVersion(string name, Action<IsapiOptions, Version> set) => new(name, text =>
        Version.TryParse(text, out Version? value) && value is { Build: -1, Major: <= ushort.MaxValue, Minor: <= ushort.MaxValue }
            ? (options => set(options, value), null)
            : (null, "write two numbers with a point between, such as 8.0."));

    private static OptionSetting Checked(string name, Func<string, object?> read, Action<IsapiOptions, string> set) => new(name, text =>
    {
        try
        {
            read(text);
            return (options => set(options, text), null);
        }
        catch (Exception e) when (e is FormatException or ArgumentException)
        {
            // The parameter's name, which .NET appends, is nothing to users.
            return (null, e.Message.Split(" (Parameter")[0]);
        }
    });
}
