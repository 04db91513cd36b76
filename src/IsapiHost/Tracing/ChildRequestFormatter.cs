using IsapiHost.Interop;
using IsapiHost.Interop.Abi;

namespace IsapiHost.Tracing;

/// <summary>The arguments of HSE_REQ_EXEC_URL and HSE_REQ_EXEC_UNICODE_URL: what is given; the rest is taken from the parent.</summary>
internal static unsafe class ChildRequestFormatter
{
    public static string Of(HSE_EXEC_URL_INFO* info) => Of(
        info->pszUrl is null ? null : DisplayFormatter.Narrow(info->pszUrl, NativeString.MaxUrl),
        info->pszMethod,
        info->pszChildHeaders,
        info->pUserInfo is null ? null : DisplayFormatter.Narrow(info->pUserInfo->pszCustomUserName, NativeString.MaxText),
        info->pEntity,
        info->dwExecUrlFlags);

    public static string Of(HSE_EXEC_UNICODE_URL_INFO* info) => Of(
        info->pszUrl is null ? null : DisplayFormatter.Wide((char*)info->pszUrl, NativeString.MaxUrl),
        info->pszMethod,
        info->pszChildHeaders,
        info->pUserInfo is null ? null : DisplayFormatter.Wide((char*)info->pUserInfo->pszCustomUserName, NativeString.MaxText),
        info->pEntity,
        info->dwExecUrlFlags);

    private static string Of(string? url, byte* method, byte* headers, string? user, HSE_EXEC_URL_ENTITY_INFO* entity, uint flags)
    {
        string?[] given =
        [
            url ?? "the same URL",
            method is null ? null : $"method {DisplayFormatter.Narrow(method, NativeString.MaxName)}",
            headers is null ? null : $"headers {DisplayFormatter.Narrow(headers, NativeString.MaxHead)}",
            user is null ? null : $"user {user}",
            entity is null ? null : $"entity {entity->cbAvailable} bytes",
        ];
        return $"{string.Join(", ", given.Where(part => part is not null))}{FlagNames.Execute(flags)}";
    }
}
