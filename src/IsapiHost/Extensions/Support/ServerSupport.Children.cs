using System.Text;
using IsapiHost.Extensions.Children;
using IsapiHost.Interop;
using IsapiHost.Interop.Abi;
using IsapiHost.Mapping;
using IsapiHost.Responses.Heads;
using Microsoft.AspNetCore.Http;

namespace IsapiHost.Extensions.Support;

/// <content>Child requests and error pages. All that the structures point to is copied before the call returns.</content>
internal static unsafe partial class ServerSupport
{
    private static Win32Error ExecUrl(ExtensionRequest request, SupportArguments arguments)
    {
        var info = (HSE_EXEC_URL_INFO*)arguments.Buffer;
        if (info is null || !TryReadText(info->pszUrl, NativeString.MaxUrl, request.Host.Site.AnsiEncoding, out var url))
        {
            return Win32Error.INVALID_PARAMETER;
        }

        var named = info->pUserInfo;
        string? name = null;
        if (named is not null && !TryReadText(named->pszCustomUserName, NativeString.MaxText, request.Host.Site.AnsiEncoding, out name))
        {
            return Win32Error.INVALID_PARAMETER;
        }

        return named is null
            ? Execute(request, url, info->pszMethod, info->pszChildHeaders, info->pEntity, info->dwExecUrlFlags, 0, null, null)
            : Execute(
                request, url, info->pszMethod, info->pszChildHeaders, info->pEntity, info->dwExecUrlFlags,
                named->hImpersonationToken, name, named->pszCustomAuthType);
    }

    private static Win32Error ExecUnicodeUrl(ExtensionRequest request, SupportArguments arguments)
    {
        var info = (HSE_EXEC_UNICODE_URL_INFO*)arguments.Buffer;
        if (info is null || !TryReadText(info->pszUrl, NativeString.MaxUrl, out var url))
        {
            return Win32Error.INVALID_PARAMETER;
        }

        var named = info->pUserInfo;
        string? name = null;
        if (named is not null && !TryReadText(named->pszCustomUserName, NativeString.MaxText, out name))
        {
            return Win32Error.INVALID_PARAMETER;
        }

        return named is null
            ? Execute(request, url, info->pszMethod, info->pszChildHeaders, info->pEntity, info->dwExecUrlFlags, 0, null, null)
            : Execute(
                request, url, info->pszMethod, info->pszChildHeaders, info->pEntity, info->dwExecUrlFlags,
                named->hImpersonationToken, name, named->pszCustomAuthType);
    }

    private static Win32Error Execute(
        ExtensionRequest request, string? url, byte* method, byte* headers, HSE_EXEC_URL_ENTITY_INFO* entity, uint flags,
        nint token, string? userName, byte* authenticationType)
    {
        var encoding = request.Host.Site.RequestHeaderEncoding;
        if (!TryReadText(method, NativeString.MaxName, Encoding.Latin1, out var methodText)
            || !TryReadText(authenticationType, NativeString.MaxName, encoding, out var authenticationTypeText)
            || !TryReadEntity(entity, out var bytes))
        {
            return Win32Error.INVALID_PARAMETER;
        }

        var local = url is null ? null : LocalUrl.TryParse(url, request.View.Site.UrlDecoder);
        var head = NativeString.Read(headers, NativeString.MaxHead);
        if (local is null != url is null || head.Length == NativeString.MaxHead
            || (methodText is not null && !FieldText.IsToken(NativeString.Read(method, NativeString.MaxName))))
        {
            return Win32Error.INVALID_PARAMETER;
        }

        var error = ChildUser.Read(token, userName, authenticationTypeText, out var user);
        return error != Win32Error.SUCCESS
            ? error
            : request.Execute(new ChildCall
            {
                Url = local,
                Method = methodText is null ? null : HttpMethods.GetCanonicalizedValue(methodText),
                Headers = headers is null ? null : ChildHeaders.Parse(head, encoding),
                User = user,
                Entity = bytes,
                Flags = flags,
            });
    }

    private static Win32Error GetExecUrlStatus(ExtensionRequest request, SupportArguments arguments)
    {
        var status = (HSE_EXEC_URL_STATUS*)arguments.Buffer;
        if (status is null)
        {
            return Win32Error.INVALID_PARAMETER;
        }

        if (request.Child is not { } child)
        {
            return Win32Error.NO_DATA;
        }

        *status = new HSE_EXEC_URL_STATUS { uHttpStatusCode = (ushort)child.Status, dwWin32Error = (uint)child.Transfer.Error };
        return Win32Error.SUCCESS;
    }

    private static Win32Error SendCustomError(ExtensionRequest request, SupportArguments arguments)
    {
        var info = (HSE_CUSTOM_ERROR_INFO*)arguments.Buffer;
        var faults = default(ResponseHeadFaults);
        if (info is null
            || !StatusText.TryRead(NativeString.Read(info->pszStatus, NativeString.MaxText), ref faults, out var status, out var reason)
            || request.Response.HasOutput || request.Response.IsEnded)
        {
            return Win32Error.INVALID_PARAMETER;
        }

        return RequestDepth.AllowsCustomErrors(request.Context) && request.Host.ErrorPages.Find(status, info->uHttpSubError) is { } page
            ? request.SendErrorPage(page, status, reason, info->fAsync != 0)
            : Win32Error.FILE_NOT_FOUND;
    }

    // A null pointer gives a null text. False when there is no NUL within the bound: what lies there is no such text.
    private static bool TryReadText(byte* text, int limit, Encoding encoding, out string? value)
    {
        var bytes = NativeString.Read(text, limit);
        value = text is null ? null : encoding.GetString(bytes);
        return bytes.Length < limit;
    }

    private static bool TryReadText(ushort* text, int limit, out string? value)
    {
        var characters = NativeWideString.Read((char*)text, limit);
        value = text is null ? null : characters.ToString();
        return characters.Length < limit;
    }

    // Null stands for the parent's body, no bytes for none.
    private static bool TryReadEntity(HSE_EXEC_URL_ENTITY_INFO* entity, out byte[]? bytes)
    {
        bytes = null;
        if (entity is null)
        {
            return true;
        }

        if (entity->cbAvailable > Array.MaxLength || (entity->lpbData is null && entity->cbAvailable > 0))
        {
            return false;
        }

        bytes = new ReadOnlySpan<byte>(entity->lpbData, (int)entity->cbAvailable).ToArray();
        return true;
    }
}
