using IsapiHost.Interop;
using IsapiHost.Interop.Abi;

namespace IsapiHost.Extensions.Support;

/// <summary>What would hand out objects of IIS itself, or of Windows' logon: ERROR_NOT_SUPPORTED. docs/known-differences.md has the reasons.</summary>
internal static class UnsupportedRequests
{
    // Named by KB 821903 only.
    private const uint AddFragmentToCache = 1034;
    private const uint ReadFragmentFromCache = 1035;
    private const uint RemoveFragmentFromCache = 1036;

    public static SupportRequest[] All { get; } =
    [
        Entry(HSE_REQ.GET_SSPI_INFO, nameof(HSE_REQ.GET_SSPI_INFO)),
        Entry(HSE_REQ.GET_CONFIG_OBJECT, nameof(HSE_REQ.GET_CONFIG_OBJECT)),
        Entry(HSE_REQ.GET_WORKER_PROCESS_SETTINGS, nameof(HSE_REQ.GET_WORKER_PROCESS_SETTINGS)),
        Entry(HSE_REQ.GET_PROTOCOL_MANAGER_CUSTOM_INTERFACE_CALLBACK, nameof(HSE_REQ.GET_PROTOCOL_MANAGER_CUSTOM_INTERFACE_CALLBACK)),
        Entry(HSE_REQ.GET_CHANNEL_BINDING_TOKEN, nameof(HSE_REQ.GET_CHANNEL_BINDING_TOKEN)),
        Entry(AddFragmentToCache, "ADD_FRAGMENT_TO_CACHE"),
        Entry(ReadFragmentFromCache, "READ_FRAGMENT_FROM_CACHE"),
        Entry(RemoveFragmentFromCache, "REMOVE_FRAGMENT_FROM_CACHE"),
    ];

    private static ActionRequest<NoArguments> Entry(uint number, string name) => new(number, name)
    {
        Decode = Decoders.None,
        Handle = static (_, _) => new(Win32Error.NOT_SUPPORTED),
    };
}
