namespace IsapiHost.Mapping;

/// <summary>
/// The mappings whose extensions have had a request already and have passed it on: they do not match its child. A feature of child requests.
/// </summary>
internal sealed class PassedMappings(HandlerMapping? mapping, PassedMappings? outer)
{
    /// <summary>For a child that may meet every mapping again, whatever its parent has passed.</summary>
    public static PassedMappings None { get; } = new(null, null);

    public bool Contains(HandlerMapping candidate)
    {
        for (var passed = this; passed is not null; passed = passed.Outer)
        {
            if (ReferenceEquals(passed.Mapping, candidate))
            {
                return true;
            }
        }

        return false;
    }

    private HandlerMapping? Mapping { get; } = mapping;

    private PassedMappings? Outer { get; } = outer;
}
