using IsapiHost.Interop;
using IsapiHost.Interop.Abi;

namespace IsapiHost.Tests.Extensions;

public sealed unsafe class ServerSupportProcessTests : IDisposable
{
    private readonly SupportCalls _support = new();

    [Fact]
    public void Extensions_run_in_the_process()
    {
        var flag = uint.MaxValue;

        Assert.Equal(Win32Error.SUCCESS, _support.Call(HSE_REQ.IS_IN_PROCESS, &flag));
        Assert.Equal(HSE_APP_FLAG.IN_PROCESS, flag);
        Assert.Equal(Win32Error.INVALID_PARAMETER, _support.Call(HSE_REQ.IS_IN_PROCESS));
    }

    [Fact]
    public void The_cache_invalidation_callback_answers_S_OK()
    {
        delegate* unmanaged[Stdcall]<char*, int> callback = null;

        Assert.Equal(Win32Error.SUCCESS, _support.Call(HSE_REQ.GET_CACHE_INVALIDATION_CALLBACK, &callback));
        Assert.Equal(0, callback(null));
        Assert.Equal(Win32Error.INVALID_PARAMETER, _support.Call(HSE_REQ.GET_CACHE_INVALIDATION_CALLBACK));
    }

    [Theory]
    [InlineData(HSE_REQ.ABORTIVE_CLOSE)]
    [InlineData(HSE_REQ.REFRESH_ISAPI_ACL)]
    public void Wishes_without_effect_succeed_without_arguments(uint code) => Assert.Equal(Win32Error.SUCCESS, _support.Call(code));

    [Theory]
    [InlineData(HSE_REQ.GET_SSPI_INFO)]
    [InlineData(1034)]
    [InlineData(1035)]
    [InlineData(1036)]
    [InlineData(HSE_REQ.GET_CONFIG_OBJECT)]
    [InlineData(HSE_REQ.GET_WORKER_PROCESS_SETTINGS)]
    [InlineData(HSE_REQ.GET_PROTOCOL_MANAGER_CUSTOM_INTERFACE_CALLBACK)]
    [InlineData(HSE_REQ.GET_CHANNEL_BINDING_TOKEN)]
    public void What_only_IIS_has_is_not_supported(uint code) => Assert.Equal(Win32Error.NOT_SUPPORTED, _support.Call(code));

    [Theory]
    [InlineData(0)]
    [InlineData(5)]
    [InlineData(1000)]
    [InlineData(1004)]
    [InlineData(1009)]
    [InlineData(1013)]
    [InlineData(1019)]
    [InlineData(1020)]
    [InlineData(1021)]
    [InlineData(1022)]
    [InlineData(1029)]
    [InlineData(1031)]
    [InlineData(1039)]
    [InlineData(1051)]
    [InlineData(uint.MaxValue)]
    public void What_is_no_request_is_an_invalid_parameter(uint code) => Assert.Equal(Win32Error.INVALID_PARAMETER, _support.Call(code));

    public void Dispose() => _support.Dispose();
}
