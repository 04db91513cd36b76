using IsapiHost.Requests;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;

namespace IsapiHost.Extensions.Uploads;

/// <summary>How much a client may send, how slow it may be, and how much of it the host reads by itself. Immutable.</summary>
internal sealed class UploadSettings
{
    // Kestrel's own for the rates that it sets itself.
    private static readonly TimeSpan s_grace = TimeSpan.FromSeconds(5);

    // One block of memory, with the NUL behind it.
    private const int LargestReadAhead = 0x7FFF_0000;

    private readonly long? _maxSize;
    private readonly bool _setsRequestRate;
    private readonly bool _setsResponseRate;
    private readonly MinDataRate? _requestRate;
    private readonly MinDataRate? _responseRate;

    public UploadSettings(IsapiOptions options)
    {
        ReadAheadSize = (int)Math.Min(options.Uploads.ReadAheadSize, LargestReadAhead);
        SpoolLimit = options.Uploads.SpoolChunked ? options.Uploads.SpoolLimit ?? long.MaxValue : null;
        _maxSize = options.Uploads.MaxSize;
        _setsRequestRate = options.Uploads.MinDataRate is not null;
        _setsResponseRate = options.Responses.MinDataRate is not null;
        _requestRate = Rate(options.Uploads.MinDataRate);
        _responseRate = Rate(options.Responses.MinDataRate);
    }

    /// <summary>Bytes that are read into lpbData.</summary>
    public int ReadAheadSize { get; }

    /// <summary>The largest body of unknown length that is read completely first; null when none is.</summary>
    public long? SpoolLimit { get; }

    /// <summary>Tells the server the limits of this request, before anything of its body is read.</summary>
    public void Apply(HttpContext context, bool hasBody)
    {
        var features = context.Features;
        if (_setsResponseRate && features.Get<IHttpMinResponseDataRateFeature>() is { } response)
        {
            response.MinDataRate = _responseRate;
        }

        if (!hasBody)
        {
            return;
        }

        // An endpoint that names a limit of its own has it.
        if (features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size
            && context.GetEndpoint()?.Metadata.GetMetadata<IRequestSizeLimitMetadata>() is null)
        {
            size.MaxRequestBodySize = _maxSize;
        }

        // Kestrel takes no rate for a single HTTP/2 stream, but can be told to want none.
        if (_setsRequestRate && features.Get<IHttpMinRequestBodyDataRateFeature>() is { } request
            && (_requestRate is null || context.Request.IsHttp1()))
        {
            request.MinDataRate = _requestRate;
        }
    }

    private static MinDataRate? Rate(int? bytesPerSecond) => bytesPerSecond is > 0 and var rate ? new MinDataRate(rate, s_grace) : null;
}
