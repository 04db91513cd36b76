using Microsoft.AspNetCore.Http.Features;

namespace IsapiHost.Extensions.Children;

/// <summary>Whether a request that an extension has started has a body.</summary>
internal sealed class BodyPresence : IHttpRequestBodyDetectionFeature
{
    public static readonly BodyPresence None = new(false);

    public static readonly BodyPresence Some = new(true);

    private BodyPresence(bool some) => CanHaveBody = some;

    public bool CanHaveBody { get; }
}
