using BenchmarkDotNet.Attributes;
using IsapiHost.Extensions.InProcess;
using IsapiHost.Extensions.Uploads;
using IsapiHost.Requests;
using Microsoft.AspNetCore.Http;

namespace IsapiHost.Benchmarks;

/// <summary>What every request pays before HttpExtensionProc: the view of the request, the control block and its strings.</summary>
public class ControlBlockFill
{
    private readonly DefaultHttpContext _context = SampleRequest.CreateContext();
    private readonly SiteSettings _site = new(SampleRequest.CreateOptions());
    private readonly RequestView _view = new();
    private readonly RequestBody _body = new();
    private readonly ControlBlock _block = new();

    [Benchmark]
    public void FillAndReset()
    {
        _view.Initialize(_context, _site);
        _view.SetMapping(SampleRequest.Path, SampleRequest.Match());
        _body.Initialize(_context);
        _block.Fill(1, 0x0008_0000, _view, _body);
        _block.Reset();
        _body.Reset();
        _view.Reset();
    }
}
