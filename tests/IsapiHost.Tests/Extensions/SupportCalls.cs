using IsapiHost.Interop;
using System.Diagnostics.Metrics;
using IsapiHost.Diagnostics;
using IsapiHost.Extensions;
using IsapiHost.Extensions.Support;
using IsapiHost.Requests;
using IsapiHost.Tracing;
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

    private CallRecorder? _traced;

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
        SupportRequests.Find(code) is { } known
            ? known.Call(_request, new SupportPointers(buffer, size, (uint*)dataType), ref _traced)
            : SupportRequests.RefuseUnknown(_request, code, ref _traced);

    /// <summary>What a trace shows of the arguments.</summary>
    public string Describe<TArguments>(uint code, void* buffer = null, uint* size = null, void* dataType = null)
        where TArguments : allows ref struct
    {
        var known = (DecodedRequest<TArguments>)SupportRequests.Find(code)!;
        var pointers = new SupportPointers(buffer, size, (uint*)dataType);
        return known.Decode(pointers, _request, out var arguments) ? known.Describe(arguments, new SentDataFormatter()) : pointers.ToString();
    }

    /// <summary>Calls it in a request that is traced; what the trace shows of it.</summary>
    public TracedCall Trace(uint code, void* buffer = null, uint* size = null, void* dataType = null)
    {
        var trace = new TraceRecorder(_host.Tracer, 1, "ext.dll", "GET /ext.dll");
        _request.Observer.Initialize(trace);
        var error = Call(code, buffer, size, dataType);
        _traced?.EndIfOpen(error);
        return trace.Snapshot().Calls[^1];
    }

    public void Dispose()
    {
        _request.Lifetime.Recycle();
        _host.Dispose();
        _services.Dispose();
    }
}
