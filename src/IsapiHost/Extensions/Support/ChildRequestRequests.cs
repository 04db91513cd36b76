using System.Text;
using IsapiHost.Extensions.Children;
using IsapiHost.Interop;
using IsapiHost.Interop.Abi;
using IsapiHost.Mapping;
using IsapiHost.Responses.Heads;
using IsapiHost.Tracing;
using Microsoft.AspNetCore.Http;

namespace IsapiHost.Extensions.Support;

/// <summary>Child requests and error pages. All that the structures point to is copied before the call returns.</summary>
internal static unsafe class ChildRequestRequests
{
    public static SupportRequest[] All { get; } =
    [
        new ActionRequest<ChildArguments>(HSE_REQ.EXEC_URL, nameof(HSE_REQ.EXEC_URL))
        {
            Decode = DecodeChild,
            Handle = Execute,
            Describe = Describe,
        },
        new ActionRequest<ChildArguments>(HSE_REQ.EXEC_UNICODE_URL, nameof(HSE_REQ.EXEC_UNICODE_URL))
        {
            Decode = DecodeWideChild,
            Handle = Execute,
            Describe = Describe,
        },
        new QueryRequest<NoArguments, ChildResult>(HSE_REQ.GET_EXEC_URL_STATUS, nameof(HSE_REQ.GET_EXEC_URL_STATUS))
        {
            Decode = Decoders.NoneWithBuffer,
            Handle = static (request, _) => request.Child is { } child
                ? new SupportResult<ChildResult>(child)
                : new SupportResult<ChildResult>(Win32Error.NO_DATA),
            Store = StoreStatus,
            DescribeResult = static child => $"status {child.Status}, error {(uint)child.Transfer.Error}",
        },
        new ActionRequest<ErrorPageArguments>(HSE_REQ.SEND_CUSTOM_ERROR, nameof(HSE_REQ.SEND_CUSTOM_ERROR))
        {
            Decode = DecodeErrorPage,
            Handle = SendErrorPage,
            Describe = static (page, _) =>
                $"{DisplayFormatter.Text(page.Status)}, sub-error {page.SubError}{(page.IsAsynchronous ? ", ASYNC" : "")}",
        },
    ];

    private static bool DecodeChild(SupportPointers pointers, ExtensionRequest request, out ChildArguments child)
    {
        child = default;
        var info = (HSE_EXEC_URL_INFO*)pointers.Buffer;
        if (info is null)
        {
            return false;
        }

        var ansi = request.Host.Site.AnsiEncoding;
        var user = info->pUserInfo is null ? default : *info->pUserInfo;
        var isWhole = TryReadText(info->pszUrl, NativeString.MaxUrl, ansi, out var url)
            & TryReadText(user.pszCustomUserName, NativeString.MaxText, ansi, out var name);
        child = Child(
            request, isWhole, url, info->pszMethod, info->pszChildHeaders, user.hImpersonationToken, name, user.pszCustomAuthType,
            info->pEntity, info->dwExecUrlFlags);
        return true;
    }

    private static bool DecodeWideChild(SupportPointers pointers, ExtensionRequest request, out ChildArguments child)
    {
        child = default;
        var info = (HSE_EXEC_UNICODE_URL_INFO*)pointers.Buffer;
        if (info is null)
        {
            return false;
        }

        var user = info->pUserInfo is null ? default : *info->pUserInfo;
        var isWhole = TryReadText(info->pszUrl, NativeString.MaxUrl, out var url)
            & TryReadText(user.pszCustomUserName, NativeString.MaxText, out var name);
        child = Child(
            request, isWhole, url, info->pszMethod, info->pszChildHeaders, user.hImpersonationToken, name, user.pszCustomAuthType,
            info->pEntity, info->dwExecUrlFlags);
        return true;
    }

    private static ChildArguments Child(
        ExtensionRequest request, bool isWhole, string? url, byte* method, byte* headers, nint token, string? userName, byte* authenticationType,
        HSE_EXEC_URL_ENTITY_INFO* entity, uint flags)
    {
        isWhole &= TryReadText(method, NativeString.MaxName, Encoding.Latin1, out var methodText);
        isWhole &= TryReadText(authenticationType, NativeString.MaxName, request.Host.Site.RequestHeaderEncoding, out var authenticationTypeText);
        var head = NativeString.Read(headers, NativeString.MaxHead);
        isWhole &= head.Length < NativeString.MaxHead && (entity is null || entity->lpbData is not null || entity->cbAvailable == 0);
        return new ChildArguments
        {
            Url = url,
            Method = methodText,
            HasHeaders = headers is not null,
            Headers = head,
            Token = token,
            UserName = userName,
            AuthenticationType = authenticationTypeText,
            HasEntity = entity is not null,
            Entity = entity is null ? default : new CallerMemory(entity->lpbData, entity->cbAvailable),
            Flags = flags,
            IsMalformed = !isWhole,
        };
    }

    private static bool DecodeErrorPage(SupportPointers pointers, ExtensionRequest request, out ErrorPageArguments page)
    {
        page = default;
        var info = (HSE_CUSTOM_ERROR_INFO*)pointers.Buffer;
        if (info is null)
        {
            return false;
        }

        page = new ErrorPageArguments
        {
            Status = NativeString.Read(info->pszStatus, NativeString.MaxText),
            SubError = info->uHttpSubError,
            IsAsynchronous = info->fAsync != 0,
        };
        return true;
    }

    private static Win32Error StoreStatus(SupportPointers pointers, ChildResult child)
    {
        *(HSE_EXEC_URL_STATUS*)pointers.Buffer =
            new HSE_EXEC_URL_STATUS { uHttpStatusCode = (ushort)child.Status, dwWin32Error = (uint)child.Transfer.Error };
        return Win32Error.SUCCESS;
    }

    private static ValueTask<Win32Error> Execute(ExtensionRequest request, ChildArguments given)
    {
        var local = given.Url is null ? null : LocalUrl.TryParse(given.Url, request.View.Site.UrlDecoder);
        if (given.IsMalformed || given.Entity.Length > Array.MaxLength || local is null != given.Url is null
            || (given.Method is not null && !FieldText.IsToken(Encoding.Latin1.GetBytes(given.Method))))
        {
            return new(Win32Error.INVALID_PARAMETER);
        }

        var error = ChildUser.Read(given.Token, given.UserName, given.AuthenticationType, out var user);
        return new(error != Win32Error.SUCCESS
            ? error
            : request.Execute(new ChildCall
            {
                Url = local,
                Method = given.Method is null ? null : HttpMethods.GetCanonicalizedValue(given.Method),
                Headers = given.HasHeaders ? ChildHeaders.Parse(given.Headers, request.Host.Site.RequestHeaderEncoding) : null,
                User = user,
                Entity = given.HasEntity ? given.Entity.Span.ToArray() : null,
                Flags = given.Flags,
            }));
    }

    private static ValueTask<Win32Error> SendErrorPage(ExtensionRequest request, ErrorPageArguments given)
    {
        var faults = default(ResponseHeadFaults);
        if (!StatusText.TryRead(given.Status, ref faults, out var status, out var reason)
            || request.Response.HasOutput || request.Response.IsEnded)
        {
            return new(Win32Error.INVALID_PARAMETER);
        }

        return RequestDepth.AllowsCustomErrors(request.Context) && request.Host.ErrorPages.Find(status, given.SubError) is { } page
            ? request.SendErrorPageAsync(page, status, reason, given.IsAsynchronous)
            : new(Win32Error.FILE_NOT_FOUND);
    }

    private static string Describe(ChildArguments child, SentDataFormatter sent)
    {
        string?[] given =
        [
            child.Url is null ? "the same URL" : DisplayFormatter.Text(child.Url),
            child.Method is null ? null : $"method {DisplayFormatter.Text(child.Method)}",
            child.HasHeaders ? $"headers {DisplayFormatter.Text(child.Headers)}" : null,
            child.UserName is null ? null : $"user {DisplayFormatter.Text(child.UserName)}",
            child.HasEntity ? $"entity {child.Entity.Length} bytes" : null,
        ];
        return $"{string.Join(", ", given.Where(part => part is not null))}{FlagNames.Execute(child.Flags)}";
    }

    // A null pointer gives a null text. False when there is no NUL within the bound.
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
}
