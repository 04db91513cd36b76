using System.Text;
using BenchmarkDotNet.Attributes;
using IsapiHost.Requests;
using IsapiHost.Variables;

namespace IsapiHost.Benchmarks;

/// <summary>GetServerVariable behind its door.</summary>
public class ServerVariableRead
{
    private readonly RequestView _view = SampleRequest.CreateView(SampleRequest.CreateContext());
    private readonly byte[] _buffer = new byte[4096];
    private byte[] _name = [];

    [Params("REMOTE_ADDR", "HTTP_USER_AGENT", "ALL_HTTP", "UNICODE_URL")]
    public string Variable { get; set; } = "";

    [GlobalSetup]
    public void Setup()
    {
        _name = Encoding.ASCII.GetBytes(Variable);
        if (ServerVariables.Get(_view, _name, _buffer, out _) != VariableResult.Found)
        {
            throw new InvalidOperationException($"{Variable} has no value.");
        }
    }

    [Benchmark]
    public int Get()
    {
        ServerVariables.Get(_view, _name, _buffer, out var size);
        return size;
    }
}
