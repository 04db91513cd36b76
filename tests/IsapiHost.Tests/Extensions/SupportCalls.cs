using IsapiHost.Interop;
using System.Diagnostics.Metrics;
using IsapiHost.Diagnostics;
using IsapiHost.Extensions;
using IsapiHost.Extensions.Support;
using IsapiHost.Requests;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace IsapiHost.Tests.Extensions;

/// <summary>A request whose ServerSupportFunction can be called without native code behind it.</summary>
internal sealed unsafe class SupportCalls : IDisposable
{
    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private readonly ExtensionHost _host;
    private readonly ExtensionRequest _request = ExtensionRequestTable.Rent()!;

    public SupportCalls()
    {
        var options = new IsapiOptions { Root = Root, AnsiCodePage = 65001 };
        _host = new ExtensionHost(
            Options.Create(options),
            new SiteSettings(options),
            new ApplicationPipeline(),
            new IsapiMetrics(_services.GetRequiredService<IMeterFactory>()),
            [],
            new RequestLog(NullLoggerFactory.Instance),
            NullLoggerFactory.Instance);
        Assert.True(HandlerMapping.Parse("/ext.dll", "ext.dll").TryMatch("/ext.dll", out var match));
        Context.Request.Method = "GET";
        Context.Request.Protocol = "HTTP/1.1";
        Context.Request.Path = "/ext.dll";
        _request.Initialize(_host, null!, Context, match);
    }

    public static string Root { get; } = Path.GetFullPath("www");

    public DefaultHttpContext Context { get; } = new() { TraceIdentifier = "request 1" };

    /// <summary>Calls it; the answer is the last error, 0 for TRUE.</summary>
    public Win32Error Call(uint code, void* buffer = null, uint* size = null, void* dataType = null) =>
        ServerSupport.Call(_request, code, new SupportArguments(buffer, size, (uint*)dataType));

    public void Dispose()
    {
        _request.Recycle();
        _host.Dispose();
        _services.Dispose();
    }
}
