using IsapiHost.Interop.Abi;
using IsapiHost.Modules;

namespace IsapiHost.Cli.Inspecting;

/// <summary>What GetFilterVersion answers; flags by their names in HttpFilt.h without SF_NOTIFY_.</summary>
internal sealed record LoadedFilter(Version Version, string Description, IReadOnlyList<string> Flags)
{
    private static readonly (uint Flag, string Name)[] _names =
    [
        (SF_NOTIFY.SECURE_PORT, "SECURE_PORT"), (SF_NOTIFY.NONSECURE_PORT, "NONSECURE_PORT"), (SF_NOTIFY.READ_RAW_DATA, "READ_RAW_DATA"),
        (SF_NOTIFY.PREPROC_HEADERS, "PREPROC_HEADERS"), (SF_NOTIFY.URL_MAP, "URL_MAP"), (SF_NOTIFY.AUTHENTICATION, "AUTHENTICATION"),
        (SF_NOTIFY.AUTH_COMPLETE, "AUTH_COMPLETE"), (SF_NOTIFY.ACCESS_DENIED, "ACCESS_DENIED"), (SF_NOTIFY.SEND_RESPONSE, "SEND_RESPONSE"),
        (SF_NOTIFY.SEND_RAW_DATA, "SEND_RAW_DATA"), (SF_NOTIFY.LOG, "LOG"), (SF_NOTIFY.END_OF_REQUEST, "END_OF_REQUEST"),
        (SF_NOTIFY.END_OF_NET_SESSION, "END_OF_NET_SESSION"),
        (SF_NOTIFY.ORDER_HIGH, "ORDER_HIGH"), (SF_NOTIFY.ORDER_MEDIUM, "ORDER_MEDIUM"),
        (SF_NOTIFY.ORDER_LOW, "ORDER_LOW"),
    ];

    public static LoadedFilter From(FilterModule module) => new(module.Version, module.Description, Names(module.Flags));

    /// <summary>The flags by name, unknown ones in hexadecimal.</summary>
    public static IReadOnlyList<string> Names(uint flags)
    {
        List<string> names = [.. _names.Where(n => (flags & n.Flag) != 0).Select(n => n.Name)];
        uint unknown = flags & ~_names.Aggregate(0u, (all, n) => all | n.Flag);
        if (unknown != 0)
        {
            names.Add($"0x{unknown:X8}");
        }

        return names;
    }
}
