using System.Diagnostics;
using IsapiHost.Interop;
using IsapiHost.Interop.Abi;
using Microsoft.AspNetCore.Http.Features;

namespace IsapiHost.Tests.Extensions;

public sealed unsafe class ServerSupportTracingTests : IDisposable
{
    private readonly SupportCalls _support = new();

    [Fact]
    public void The_trace_id_is_that_of_the_requests_activity()
    {
        using var activity = new Activity("test").SetIdFormat(ActivityIdFormat.W3C).Start();
        _support.Context.Features.Set<IHttpActivityFeature>(new HttpActivity { Activity = activity });

        Assert.Equal(activity.TraceId.ToHexString(), TraceId());
    }

    [Fact]
    public void Without_an_activity_the_trace_id_is_the_requests_own()
    {
        var first = TraceId();

        Assert.Equal(first, TraceId());
        _support.Context.TraceIdentifier = "request 2";
        Assert.NotEqual(first, TraceId());
    }

    [Fact]
    public void A_provider_that_nobody_listens_to_is_told_so_and_no_more()
    {
        var provider = Guid.Empty;
        HTTP_TRACE_CONFIGURATION configuration = new() { pProviderGuid = &provider, dwAreas = 7, dwVerbosity = 8, fProviderEnabled = 9 };

        Assert.Equal(Win32Error.SUCCESS, _support.Call(HSE_REQ.GET_TRACE_INFO_EX, &configuration));

        Assert.Equal(0, configuration.fProviderEnabled);
        Assert.Equal(7u, configuration.dwAreas);
        Assert.Equal(8u, configuration.dwVerbosity);
    }

    [Fact]
    public void What_is_missing_or_too_much_is_an_invalid_parameter()
    {
        HTTP_TRACE_CONFIGURATION noProvider = default;
        HTTP_TRACE_EVENT tooMany = new() { cEventItems = 17 }, noItems = new() { cEventItems = 1 };

        Assert.Equal(Win32Error.INVALID_PARAMETER, _support.Call(HSE_REQ.GET_TRACE_INFO));
        Assert.Equal(Win32Error.INVALID_PARAMETER, _support.Call(HSE_REQ.GET_TRACE_INFO_EX));
        Assert.Equal(Win32Error.INVALID_PARAMETER, _support.Call(HSE_REQ.GET_TRACE_INFO_EX, &noProvider));
        Assert.Equal(Win32Error.INVALID_PARAMETER, _support.Call(HSE_REQ.RAISE_TRACE_EVENT));
        Assert.Equal(Win32Error.INVALID_PARAMETER, _support.Call(HSE_REQ.RAISE_TRACE_EVENT, &tooMany));
        Assert.Equal(Win32Error.INVALID_PARAMETER, _support.Call(HSE_REQ.RAISE_TRACE_EVENT, &noItems));
    }

    public void Dispose() => _support.Dispose();

    private string TraceId()
    {
        HSE_TRACE_INFO info = new() { fTraceRequest = 5, dwReserved1 = 5, dwReserved2 = 5 };
        Assert.Equal(Win32Error.SUCCESS, _support.Call(HSE_REQ.GET_TRACE_INFO, &info));
        Assert.Equal((0, 0u, 0u), (info.fTraceRequest, info.dwReserved1, info.dwReserved2));
        return Convert.ToHexStringLower(new Span<byte>(info.TraceContextId, 16));
    }

    private sealed class HttpActivity : IHttpActivityFeature
    {
        public required Activity Activity { get; set; }
    }
}
