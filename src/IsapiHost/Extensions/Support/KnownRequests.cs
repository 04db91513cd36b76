using System.Collections.Frozen;
using System.Reflection;
using IsapiHost.Interop.Abi;

namespace IsapiHost.Extensions.Support;

/// <summary>The ServerSupportFunction requests that HttpExt.h names: one that we cannot serve is "not supported", any other number is no request at all.</summary>
internal static class KnownRequests
{
    // HSE_REQ_ADD_FRAGMENT_TO_CACHE, READ_FRAGMENT_FROM_CACHE and REMOVE_FRAGMENT_FROM_CACHE, which only KB 821903 names.
    private const uint FirstOfFragmentCache = 1034;
    private const uint LastOfFragmentCache = 1036;

    private static readonly FrozenDictionary<uint, string> s_names = typeof(HSE_REQ)
        .GetFields(BindingFlags.Public | BindingFlags.Static)
        .Where(field => field.Name is not ("BASE" or "END_RESERVED"))
        .ToFrozenDictionary(field => (uint)field.GetRawConstantValue()!, field => field.Name);

    public static bool Contains(uint code) => s_names.ContainsKey(code) || code is >= FirstOfFragmentCache and <= LastOfFragmentCache;

    public static string Name(uint code) => s_names.TryGetValue(code, out var name) ? name : code.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
