using IsapiHost.Interop;
using IsapiHost.Interop.Abi;
using IsapiHost.Mapping;

namespace IsapiHost.Filters;

/// <content>ServerSupportFunction of a filter.</content>
internal sealed unsafe partial class FilterContext
{
    /// <param name="request">An SF_REQ_* value.</param>
    /// <param name="data">pData.</param>
    /// <param name="first">ul1; ul2 means something only to requests that are not supported.</param>
    public Win32Error ServerSupportFunction(uint request, void* data, nuint first) => request switch
    {
        SF_REQ.SEND_RESPONSE_HEADER => SendResponseHeader((byte*)data, (byte*)first),
        SF_REQ.ADD_HEADERS_ON_DENIAL => AddHeadersOnDenial((byte*)data),
        SF_REQ.SET_NEXT_READ_SIZE => SetNextReadSize(first),

        // Obsolete since IIS 4, and answered there in the same way.
        SF_REQ.SET_PROXY_INFO => Win32Error.SUCCESS,
        SF_REQ.GET_CONNID or SF_REQ.SET_CERTIFICATE_INFO => Win32Error.NOT_SUPPORTED,
        SF_REQ.GET_PROPERTY => GetProperty((uint*)data, first),
        SF_REQ.NORMALIZE_URL => NormalizeUrl((byte*)data),
        SF_REQ.DISABLE_NOTIFICATIONS => DisableNotifications((uint)first),
        _ => Win32Error.INVALID_PARAMETER,
    };

    private Win32Error SendResponseHeader(byte* status, byte* headers)
    {
        if (_session.Request is not { CanAnswer: true } request || Notification == SF_NOTIFY.SEND_RAW_DATA)
        {
            return Win32Error.INVALID_PARAMETER;
        }

        return request.Answer(this).SendHead(
            NativeString.Read(status, NativeString.MaxText), NativeString.Read(headers, NativeString.MaxHead), request.TakeAddedHeaders());
    }

    private Win32Error AddHeadersOnDenial(byte* lines)
    {
        if (lines is null || _session.Request is not { } request || Notification == SF_NOTIFY.SEND_RAW_DATA)
        {
            return Win32Error.INVALID_PARAMETER;
        }

        return request.AddHeaders(NativeString.Read(lines, NativeString.MaxHead), onDenial: true);
    }

    private Win32Error SetNextReadSize(nuint size)
    {
        NextReadSize = (int)Math.Min(size, int.MaxValue);
        return Win32Error.SUCCESS;
    }

    private Win32Error GetProperty(uint* value, nuint property)
    {
        if (value is null || property != SF_PROPERTY.INSTANCE_NUM_ID)
        {
            return Win32Error.INVALID_PARAMETER;
        }

        *value = _session.Request is null ? 0 : (uint)_session.Host.SiteId;
        return Win32Error.SUCCESS;
    }

    private static Win32Error NormalizeUrl(byte* url)
    {
        if (url is null)
        {
            return Win32Error.INVALID_PARAMETER;
        }

        var length = NativeString.Read(url, NativeString.MaxUrl).Length;
        var shorter = UrlNormalizer.Normalize(new Span<byte>(url, length));
        if (shorter < length)
        {
            url[shorter] = 0;
        }

        return Win32Error.SUCCESS;
    }

    private Win32Error DisableNotifications(uint notifications)
    {
        Disabled |= notifications;
        return Win32Error.SUCCESS;
    }
}
