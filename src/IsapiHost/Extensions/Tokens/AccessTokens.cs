namespace IsapiHost.Extensions.Tokens;

internal static class AccessTokens
{
    public static IAccessTokens OfThisSystem { get; } = OperatingSystem.IsWindows() ? new WindowsTokens() : new NoTokens();
}
