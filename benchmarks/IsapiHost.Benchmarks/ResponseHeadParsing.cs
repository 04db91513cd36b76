using BenchmarkDotNet.Attributes;
using IsapiHost.Responses.Heads;

namespace IsapiHost.Benchmarks;

/// <summary>The head of HSE_REQ_SEND_RESPONSE_HEADER_EX: read anew, and found in the cache of its extension.</summary>
public class ResponseHeadParsing
{
    private readonly ResponseHeadCache _cache = new();
    private readonly byte[] _status = "200 OK"u8.ToArray();

    private readonly byte[] _headers =
        "Content-Type: text/html; charset=utf-8\r\nCache-Control: no-cache\r\nSet-Cookie: session=0f8c1b6e2d7a4f53; path=/\r\nX-Powered-By: Pascal\r\n\r\n"u8.ToArray();

    [Benchmark(Baseline = true)]
    public int Cold() => ResponseHeadParser.Parse(_status, _headers, 200, out _, out _).StatusCode;

    [Benchmark]
    public int Cached() => _cache.Parse(_status, _headers, 200, out _, out _).StatusCode;
}
