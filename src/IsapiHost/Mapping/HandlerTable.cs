namespace IsapiHost.Mapping;

/// <summary>The handler mappings in their order; the first match wins, as in IIS' <c>handlers</c>. Immutable.</summary>
internal sealed class HandlerTable(IEnumerable<HandlerMapping> mappings)
{
    private readonly HandlerMapping[] _mappings = [.. mappings];

    /// <param name="decodedPath">See <see cref="RequestPath"/>.</param>
    /// <param name="passed">Mappings to leave out, for a child request; else null.</param>
    /// <param name="match">The match.</param>
    /// <param name="start">The length of the path base, which no pattern speaks of.</param>
    public bool TryMatch(string decodedPath, PassedMappings? passed, out HandlerMatch match, int start = 0)
    {
        foreach (var mapping in _mappings)
        {
            if (mapping.TryMatch(decodedPath, out match, start) && passed?.Contains(mapping) != true)
            {
                return true;
            }
        }

        match = default;
        return false;
    }
}
