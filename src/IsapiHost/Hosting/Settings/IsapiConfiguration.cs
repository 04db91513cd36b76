using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace IsapiHost.Hosting.Settings;

/// <summary>Options from a section of the configuration, and what is wrong in that section.</summary>
internal sealed class IsapiConfiguration(IConfiguration section) : IConfigureOptions<IsapiOptions>, IValidateOptions<IsapiOptions>
{
    /// <summary>The settings that only the command reads, where to listen among them; an application has its own ways for those.</summary>
    public static IReadOnlyList<string> OfTheCommand { get; } =
        ["Forward", "ForwardTimeout", "ForwardKeepsHost", "ForwardCertificates", "ForwardVia", "Urls", "LogRequests", "TrustedProxies"];

    /// <summary>Every name that the section may hold.</summary>
    public static IEnumerable<string> Names => BinderFor(new IsapiOptions()).Names;

    /// <summary>Sets what the section gives a value, and says what in it cannot be understood.</summary>
    public static IReadOnlyList<OptionFault> Bind(IConfiguration section, IsapiOptions options)
    {
        List<OptionFault> faults = [];
        HandlerSettings.Bind(section, options.Handlers, faults);
        BinderFor(options).Bind(section, faults);
        return faults;
    }

    public void Configure(IsapiOptions options) => Bind(section, options);

    public ValidateOptionsResult Validate(string? name, IsapiOptions options)
    {
        var prefix = section is IConfigurationSection { Path: var path } ? $"{path}:" : "";
        var faults = Bind(section, new IsapiOptions());
        return faults.Count == 0
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail(faults.Select(fault => $"{prefix}{fault.Name}: {fault.Message}"));
    }

    private static OptionBinder BinderFor(IsapiOptions options) =>
        new(OptionProperty.Of(options), [HandlerSettings.Dlls, HandlerSettings.Maps, .. OfTheCommand]);
}
