using System.Globalization;
using System.Text;
using IsapiHost.Extensions.Children;
using IsapiHost.Mapping;
using IsapiHost.Requests;
using IsapiHost.Tracing;

namespace IsapiHost.Hosting.Settings;

/// <summary>What must be true of options, wherever they come from: code, configuration or the command line.</summary>
internal static class OptionRules
{
    // Whether a page is a URL of this server does not depend on the code page of its escapes.
    private static readonly UrlDecoder _anyDecoder = new(Encoding.UTF8);

    /// <summary>Everything that is wrong; empty for options that can be used.</summary>
    public static IReadOnlyList<OptionFault> FaultsOf(IsapiOptions options)
    {
        List<OptionFault> faults = [];
        foreach (var (option, standard) in OptionProperty.Of(options).Zip(OptionProperty.Of(new IsapiOptions())))
        {
            CheckValue(option, standard.Value, faults);
        }

        CheckHandlers(options.Handlers, faults);
        CheckMeaning(options, faults);
        return faults;
    }

    private static void CheckValue(OptionProperty option, object? standard, List<OptionFault> faults)
    {
        switch (option.Value)
        {
            case null when standard is not null && option.Bounds is not { OrUnlimited: true }:
                faults.Add(new OptionFault(option.Name, "must have a value."));
                break;
            case string text:
                CheckText(option.Name, text, faults);
                break;
            case IList<string> texts:
                for (var i = 0; i < texts.Count; i++)
                {
                    CheckEntry($"{option.Name}:{i}", texts[i], faults);
                }

                break;
            case IDictionary<string, string> pairs:
                foreach (var (key, value) in pairs)
                {
                    CheckEntry($"{option.Name}:{key}", value, faults);
                }

                break;
            case { } value when option.Bounds is { } bounds && !OptionText.IsWithin(bounds, value):
                faults.Add(new OptionFault(option.Name, $"\"{OptionText.Show(value)}\": {OptionText.RuleOf(option)}"));
                break;
        }
    }

    private static void CheckEntry(string name, string text, List<OptionFault> faults)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            faults.Add(new OptionFault(name, "is empty. Write a path, or leave the entry out."));
            return;
        }

        CheckText(name, text, faults);
    }

    // No operating system has NUL in a path, and the others would end up in a header, in a log line or on a terminal.
    private static void CheckText(string name, string text, List<OptionFault> faults)
    {
        if (text.FirstOrDefault(char.IsControl, ' ') is var letter and not ' ')
        {
            faults.Add(new OptionFault(name, string.Create(CultureInfo.InvariantCulture, $"contains the control character U+{(int)letter:X4}. Take it out; JSON wants each backslash twice.")));
        }
    }

    private static void CheckHandlers(IList<HandlerMapping> handlers, List<OptionFault> faults)
    {
        Dictionary<string, HandlerMapping> byPattern = new(StringComparer.OrdinalIgnoreCase);
        for (var i = 0; i < handlers.Count; i++)
        {
            var name = $"{nameof(IsapiOptions.Handlers)}:{i}";
            CheckText(name, handlers[i].ModulePath, faults);

            // Wildcards may follow each other: each may pass a request on to the next.
            if (handlers[i].Kind != HandlerMappingKind.Wildcard && !byPattern.TryAdd(handlers[i].Pattern, handlers[i]))
            {
                faults.Add(new OptionFault(
                    name, $"{handlers[i].Pattern} is taken already by {byPattern[handlers[i].Pattern].ModulePath}. Leave one out, or give it another pattern."));
            }
        }
    }

    // What only the code that uses a value can judge.
    private static void CheckMeaning(IsapiOptions options, List<OptionFault> faults)
    {
        Check(nameof(IsapiOptions.AnsiCodePage), options.AnsiCodePage, codePage => AnsiEncoding.Create(codePage));
        Check("Tracing:When", options.Tracing.When, when => string.IsNullOrWhiteSpace(when) ? null : TraceCondition.Parse(when));
        Check("Tracing:Folder", options.Tracing.Folder, folder => string.IsNullOrWhiteSpace(folder) ? null : Directory.CreateDirectory(folder));
        Check(nameof(IsapiOptions.InterfaceVersion), options.InterfaceVersion, version =>
            version is { Build: -1, Major: <= ushort.MaxValue, Minor: <= ushort.MaxValue }
                ? version
                : throw new FormatException($"\"{version}\": write two numbers with a point between, such as 8.0."));
        foreach (var (status, page) in options.ErrorPages)
        {
            Check($"ErrorPages:{status}", page, _ => new ErrorPages([new(status, page)], _anyDecoder));
        }

        foreach (var (prefix, folder) in options.VirtualDirectories)
        {
            Check($"VirtualDirectories:{prefix}", folder, _ => UrlMap.ParsePrefix(prefix));
        }

        void Check<T>(string name, T? value, Func<T, object?> use)
        {
            // One fault for each value is enough.
            if (value is null || faults.Any(fault => fault.Name == name))
            {
                return;
            }

            try
            {
                use(value);
            }
            catch (Exception e) when (e is FormatException or ArgumentException or IOException or UnauthorizedAccessException or NotSupportedException)
            {
                // The parameter's name, which .NET appends, is nothing to users.
                faults.Add(new OptionFault(name, e.Message.Split(" (Parameter")[0]));
            }
        }
    }
}
