using System.Reflection;
using Xunit.Sdk;
using Xunit.v3;

namespace IsapiHost.EndToEnd.Hosting;

/// <summary>
/// Runs a theory on each platform; may be repeated, with the arguments that follow the platform.
/// Where a platform's tools are missing its rows are skipped, with the reason.
/// </summary>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
public sealed class PlatformsAttribute(params object?[] arguments) : DataAttribute
{
    public override ValueTask<IReadOnlyCollection<ITheoryDataRow>> GetData(MethodInfo testMethod, DisposalTracker disposalTracker)
    {
        var rows = Enum.GetValues<Platform>().Select(Row).ToArray();
        return ValueTask.FromResult<IReadOnlyCollection<ITheoryDataRow>>(rows);
    }

    public override bool SupportsDiscoveryEnumeration() => true;

    private TheoryDataRow Row(Platform platform)
    {
        object?[] values = [platform, .. arguments];
        return new TheoryDataRow(values) { Skip = HostCommand.WhyNot(platform) };
    }
}
