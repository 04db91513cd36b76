namespace IsapiHost.Mapping;

/// <summary>The handler mappings in their order; the first match wins, as in IIS' <c>handlers</c>. Immutable.</summary>
internal sealed class HandlerTable(IEnumerable<HandlerMapping> mappings)
{
    private readonly HandlerMapping[] _mappings = [.. mappings];

    public bool TryMatch(string decodedPath, out HandlerMatch match)
    {
        foreach (var mapping in _mappings)
        {
            if (mapping.TryMatch(decodedPath, out match))
            {
                return true;
            }
        }

        match = default;
        return false;
    }
}
