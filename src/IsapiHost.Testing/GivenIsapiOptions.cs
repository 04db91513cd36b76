using Microsoft.Extensions.Options;

namespace IsapiHost.Testing;

/// <summary>Takes the options object that the test has filled, where the application would make a new one.</summary>
internal sealed class GivenIsapiOptions(
    IsapiOptions given,
    IEnumerable<IConfigureOptions<IsapiOptions>> setups,
    IEnumerable<IPostConfigureOptions<IsapiOptions>> postConfigures,
    IEnumerable<IValidateOptions<IsapiOptions>> validations) : OptionsFactory<IsapiOptions>(setups, postConfigures, validations)
{
    /// <inheritdoc/>
    protected override IsapiOptions CreateInstance(string name) => given;
}
