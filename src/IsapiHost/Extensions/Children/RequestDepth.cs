using Microsoft.AspNetCore.Http;

namespace IsapiHost.Extensions.Children;

/// <summary>How deep a request lies within others: a feature of those that extensions have started.</summary>
/// <param name="Depth">1 for the child of a client's request.</param>
/// <param name="CustomErrors">Whether HSE_REQ_SEND_CUSTOM_ERROR may send a page: not below HSE_EXEC_URL_DISABLE_CUSTOM_ERROR.</param>
internal sealed record RequestDepth(int Depth, bool CustomErrors)
{
    private const int Limit = 12;

    /// <summary>Whether a request must not be started because of its depth.</summary>
    public bool IsTooDeep => Depth > Limit;

    /// <summary>That of a request which <paramref name="parent"/> starts.</summary>
    public static RequestDepth Below(HttpContext parent) =>
        parent.Features.Get<RequestDepth>() is { } outer ? outer with { Depth = outer.Depth + 1 } : new RequestDepth(1, CustomErrors: true);

    public static bool AllowsCustomErrors(HttpContext context) => context.Features.Get<RequestDepth>()?.CustomErrors != false;
}
