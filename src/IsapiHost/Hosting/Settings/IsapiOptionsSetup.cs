using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace IsapiHost.Hosting.Settings;

/// <summary>The last steps to options that can be used: absolute paths, then the rules.</summary>
internal sealed class IsapiOptionsSetup(IHostEnvironment? environment = null) : IPostConfigureOptions<IsapiOptions>, IValidateOptions<IsapiOptions>
{
    public void PostConfigure(string? name, IsapiOptions options) =>
        OptionPaths.Resolve(options, environment?.ContentRootPath ?? Directory.GetCurrentDirectory());

    public ValidateOptionsResult Validate(string? name, IsapiOptions options)
    {
        var faults = OptionRules.FaultsOf(options);
        return faults.Count == 0
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail(faults.Select(fault => $"{nameof(IsapiOptions)}.{fault.Name.Replace(':', '.')}: {fault.Message}"));
    }
}
