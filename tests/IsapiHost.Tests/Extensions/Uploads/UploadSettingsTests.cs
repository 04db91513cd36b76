using IsapiHost.Extensions.Uploads;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;

namespace IsapiHost.Tests.Extensions.Uploads;

public sealed class UploadSettingsTests
{
    private static readonly MinDataRate s_kestrels = new(240, TimeSpan.FromSeconds(5));

    private readonly DefaultHttpContext _context = new();
    private readonly ServerLimits _limits = new();

    public UploadSettingsTests()
    {
        _context.Request.Protocol = "HTTP/1.1";
        _context.Features.Set<IHttpMaxRequestBodySizeFeature>(_limits);
        _context.Features.Set<IHttpMinRequestBodyDataRateFeature>(_limits.Request);
        _context.Features.Set<IHttpMinResponseDataRateFeature>(_limits.Response);
    }

    [Fact]
    public void By_default_the_size_is_limited_and_the_rates_are_Kestrels()
    {
        new UploadSettings(new IsapiOptions()).Apply(_context, hasBody: true);

        Assert.Equal(30_000_000, _limits.MaxRequestBodySize);
        Assert.Same(s_kestrels, _limits.Request.MinDataRate);
        Assert.Same(s_kestrels, _limits.Response.MinDataRate);
    }

    [Fact]
    public void Null_is_no_size_limit_and_0_no_rate()
    {
        new UploadSettings(new IsapiOptions { Uploads = { MaxSize = null, MinDataRate = 0 }, Responses = { MinDataRate = 0 } })
            .Apply(_context, hasBody: true);

        Assert.Null(_limits.MaxRequestBodySize);
        Assert.Null(_limits.Request.MinDataRate);
        Assert.Null(_limits.Response.MinDataRate);
    }

    [Fact]
    public void Rates_are_set_but_not_for_a_stream_of_http_2()
    {
        var settings = new UploadSettings(new IsapiOptions { Uploads = { MinDataRate = 1000 }, Responses = { MinDataRate = 2000 } });

        settings.Apply(_context, hasBody: true);
        Assert.Equal(1000, _limits.Request.MinDataRate!.BytesPerSecond);
        Assert.Equal(2000, _limits.Response.MinDataRate!.BytesPerSecond);

        _limits.Request.MinDataRate = s_kestrels;
        _context.Request.Protocol = "HTTP/2";
        settings.Apply(_context, hasBody: true);
        Assert.Same(s_kestrels, _limits.Request.MinDataRate);
    }

    [Fact]
    public void A_limit_of_the_endpoint_and_one_that_is_fixed_stay()
    {
        _context.SetEndpoint(new Endpoint(null, new EndpointMetadataCollection(new SizeLimit()), null));
        new UploadSettings(new IsapiOptions()).Apply(_context, hasBody: true);
        Assert.Equal(7, _limits.MaxRequestBodySize);

        _context.SetEndpoint(null);
        _limits.IsReadOnly = true;
        new UploadSettings(new IsapiOptions()).Apply(_context, hasBody: true);
        Assert.Equal(7, _limits.MaxRequestBodySize);
    }

    private sealed class SizeLimit : IRequestSizeLimitMetadata
    {
        public long? MaxRequestBodySize => 7;
    }

    private sealed class ServerLimits : IHttpMaxRequestBodySizeFeature
    {
        public bool IsReadOnly { get; set; }

        public long? MaxRequestBodySize { get; set; } = 7;

        public RequestRate Request { get; } = new();

        public ResponseRate Response { get; } = new();
    }

    private sealed class RequestRate : IHttpMinRequestBodyDataRateFeature
    {
        public MinDataRate? MinDataRate { get; set; } = s_kestrels;
    }

    private sealed class ResponseRate : IHttpMinResponseDataRateFeature
    {
        public MinDataRate? MinDataRate { get; set; } = s_kestrels;
    }
}
