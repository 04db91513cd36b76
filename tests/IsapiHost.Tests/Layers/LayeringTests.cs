using NetArchTest.Rules;

namespace IsapiHost.Tests.Layers;

/// <summary>The folders of the library are layers: the types of each refer only to those of the layers before it (docs/internals.md).</summary>
public sealed class LayeringTests
{
    private const string Root = "IsapiHost";

    private static readonly string[] _layers =
    [
        "Interop", "Mapping", "Requests", "Variables", "Threading", "Transport", "Diagnostics", "Modules", "Workers", "Tracing", "Responses",
        "Extensions", "Filters", "Hosting",
    ];

    public static TheoryData<string> Layers => [.. _layers];

    [Theory]
    [MemberData(nameof(Layers))]
    public void A_layer_refers_only_to_the_layers_before_it(string layer)
    {
        var above = _layers[(Array.IndexOf(_layers, layer) + 1)..].Select(name => $"{Root}.{name}").ToArray();
        if (above.Length == 0)
        {
            return;
        }

        AssertIndependent(Types.InAssembly(typeof(IsapiOptions).Assembly).That().ResideInNamespace($"{Root}.{layer}"), above);
    }

    [Fact]
    public void The_options_refer_to_no_layer() =>
        AssertIndependent(
            Types.InAssembly(typeof(IsapiOptions).Assembly).That().ResideInNamespaceMatching($"^{Root}$"),
            [.. _layers.Select(name => $"{Root}.{name}")]);

    [Fact]
    public void Every_namespace_of_the_library_is_a_layer()
    {
        // The public face of an ASP.NET Core library stands in the namespaces where applications look for it.
        string[] conventional = ["Microsoft.AspNetCore.Builder", "Microsoft.Extensions.DependencyInjection"];

        var strangers = typeof(IsapiOptions).Assembly.GetTypes()
            .Select(type => type.Namespace)
            .Where(name => name is not null && (name == Root || name.StartsWith(Root + ".", StringComparison.Ordinal)))
            .Where(name => name != Root && !_layers.Contains(name!.Split('.')[1]))
            .Except(conventional)
            .Distinct();

        Assert.Empty(strangers);
    }

    private static void AssertIndependent(PredicateList types, string[] above)
    {
        var result = types.ShouldNot().HaveDependencyOnAny(above).GetResult();
        Assert.True(result.IsSuccessful, "These refer to a layer above: " + string.Join(", ", result.FailingTypeNames ?? []));
    }
}
