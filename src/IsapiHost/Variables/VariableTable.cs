using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;

namespace IsapiHost.Variables;

/// <summary>Every variable that has a name of its own. A variable of IIS that is not here is answered as unknown.</summary>
internal static class VariableTable
{
    private static readonly FrozenDictionary<string, VariableSource> _sources =
        RequestLineVariables.All
            .Concat(PathVariables.All)
            .Concat(HeaderVariables.All)
            .Concat(ConnectionVariables.All)
            .Concat(TlsVariables.All)
            .Concat(ClientCertificateVariables.All)
            .Concat(AuthenticationVariables.All)
            .Concat(SiteVariables.All)
            .ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenDictionary<string, VariableSource>.AlternateLookup<ReadOnlySpan<char>> _byName =
        _sources.GetAlternateLookup<ReadOnlySpan<char>>();

    public static IEnumerable<string> Names => _sources.Keys;

    public static bool TryFind(ReadOnlySpan<char> name, [NotNullWhen(true)] out VariableSource? source) => _byName.TryGetValue(name, out source);
}
