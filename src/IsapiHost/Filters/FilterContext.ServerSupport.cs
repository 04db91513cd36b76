using IsapiHost.Interop;
using IsapiHost.Interop.Abi;

namespace IsapiHost.Filters;

/// <content>What ServerSupportFunction of a filter does.</content>
internal sealed unsafe partial class FilterContext
{
    /// <summary>SF_REQ_SEND_RESPONSE_HEADER.</summary>
    public Win32Error SendResponseHeader(ReadOnlySpan<byte> status, ReadOnlySpan<byte> headers) =>
        _session.Request is { CanAnswer: true } request && Notification != SF_NOTIFY.SEND_RAW_DATA
            ? request.Answer(this).SendHead(status, headers, request.TakeAddedHeaders())
            : Win32Error.INVALID_PARAMETER;

    /// <summary>SF_REQ_ADD_HEADERS_ON_DENIAL.</summary>
    public Win32Error AddHeadersOnDenial(ReadOnlySpan<byte> lines) =>
        _session.Request is { } request && Notification != SF_NOTIFY.SEND_RAW_DATA
            ? request.AddHeaders(lines, onDenial: true)
            : Win32Error.INVALID_PARAMETER;

    /// <summary>SF_REQ_SET_NEXT_READ_SIZE.</summary>
    public Win32Error SetNextReadSize(nuint size)
    {
        NextReadSize = (int)Math.Min(size, int.MaxValue);
        return Win32Error.SUCCESS;
    }

    /// <summary>SF_REQ_GET_PROPERTY.</summary>
    public Win32Error GetProperty(nuint property, ref uint value)
    {
        if (property != SF_PROPERTY.INSTANCE_NUM_ID)
        {
            return Win32Error.INVALID_PARAMETER;
        }

        value = _session.Request is null ? 0 : (uint)_session.Host.SiteId;
        return Win32Error.SUCCESS;
    }

    /// <summary>SF_REQ_DISABLE_NOTIFICATIONS.</summary>
    public Win32Error DisableNotifications(uint notifications)
    {
        Disabled |= notifications;
        return Win32Error.SUCCESS;
    }
}
