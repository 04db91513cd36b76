using Microsoft.AspNetCore.Http.Features;

namespace IsapiHost.Extensions.Children;

/// <summary>A child request shares its parent's answer and cannot make another protocol of the connection.</summary>
internal sealed class NoUpgrade : IHttpUpgradeFeature, IHttpExtendedConnectFeature
{
    public static readonly NoUpgrade Instance = new();

    public bool IsUpgradableRequest => false;

    public bool IsExtendedConnect => false;

    public string? Protocol => null;

    public Task<Stream> UpgradeAsync() => throw new InvalidOperationException("A child request cannot be upgraded.");

    public ValueTask<Stream> AcceptAsync() => throw new InvalidOperationException("A child request cannot be upgraded.");
}
