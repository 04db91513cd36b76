namespace IsapiHost.Interop.Abi;

/// <summary>What may be done with a URL. The first ones equal IIS's accessPolicy, the SSL ones its sslFlags.</summary>
/// <remarks>HttpExt.h.</remarks>
internal static class HSE_URL_FLAGS
{
    public const uint READ = 0x00000001;
    public const uint WRITE = 0x00000002;
    public const uint EXECUTE = 0x00000004;
    public const uint SSL = 0x00000008;
    public const uint DONT_CACHE = 0x00000010;
    public const uint NEGO_CERT = 0x00000020;
    public const uint REQUIRE_CERT = 0x00000040;
    public const uint MAP_CERT = 0x00000080;
    public const uint SSL128 = 0x00000100;
    public const uint SCRIPT = 0x00000200;
    public const uint MASK = 0x000003FF;
}
