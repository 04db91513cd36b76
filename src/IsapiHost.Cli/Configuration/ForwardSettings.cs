using IsapiHost.Cli.Forwarding;
using IsapiHost.Hosting.Settings;

namespace IsapiHost.Cli.Configuration;

/// <summary>Reads the settings of <c>--forward</c>, by the rules of the library's own options.</summary>
internal static class ForwardSettings
{
    public static ForwardOptions Read(EffectiveSettings settings, FaultList faults)
    {
        ForwardOptions options = new();
        foreach (OptionProperty option in OptionProperty.Of(options))
        {
            if (settings.Section.GetSection(option.Name).GetChildren().Any())
            {
                faults.Add(settings.PlaceOf(option.Name), $"{option.Name} takes a single value, not a list or an object.");
            }
            else if (settings.Find(option.Name) is { } given && FaultOf(option, given.Text) is { } fault)
            {
                faults.Add(given.Where, fault);
            }
        }

        return options;
    }

    private static string? FaultOf(OptionProperty option, string text)
    {
        if (!OptionText.TryRead(option, text, out object? value) || (option.Bounds is { } bounds && !OptionText.IsWithin(bounds, value!)))
        {
            return $"\"{text}\": {OptionText.RuleOf(option)}";
        }

        option.Value = value;
        return option.Name == nameof(ForwardOptions.ForwardCertificates) ? CertificatesFault(text) : null;
    }

    private static string? CertificatesFault(string path)
    {
        try
        {
            SiteCertificates.Load(path);
            return null;
        }
        catch (ArgumentException e)
        {
            // The parameter's name, which .NET appends, is nothing to users.
            return $"\"{path}\": {e.Message.Split(" (Parameter")[0]}";
        }
    }
}
