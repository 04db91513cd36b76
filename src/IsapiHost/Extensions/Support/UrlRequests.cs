using IsapiHost.Interop;
using IsapiHost.Interop.Abi;
using IsapiHost.Mapping;
using IsapiHost.Tracing;

namespace IsapiHost.Extensions.Support;

/// <summary>From URLs to physical paths, and the normal form of a URL. Sizes are bytes in both directions, lengths are characters.</summary>
internal static unsafe class UrlRequests
{
    public static SupportRequest[] All { get; } =
    [
        Map(HSE_REQ.MAP_URL_TO_PATH, nameof(HSE_REQ.MAP_URL_TO_PATH), Decoders.Url, wide: false),
        Map(HSE_REQ.MAP_UNICODE_URL_TO_PATH, nameof(HSE_REQ.MAP_UNICODE_URL_TO_PATH), Decoders.WideUrl, wide: true),
        MapEx(HSE_REQ.MAP_URL_TO_PATH_EX, nameof(HSE_REQ.MAP_URL_TO_PATH_EX), Decoders.Url, wide: false, StoreStructure),
        MapEx(
            HSE_REQ.MAP_UNICODE_URL_TO_PATH_EX, nameof(HSE_REQ.MAP_UNICODE_URL_TO_PATH_EX), Decoders.WideUrl, wide: true, StoreWideStructure),
        new QueryRequest<Memory<byte>, ReadOnlyMemory<byte>>(HSE_REQ.NORMALIZE_URL, nameof(HSE_REQ.NORMALIZE_URL))
        {
            Decode = DecodeForNormalizing,
            Handle = static (_, url) => new SupportResult<ReadOnlyMemory<byte>>(url[..UrlNormalizer.Normalize(url.Span)]),
            Store = StoreNormalized,
            Describe = static (url, _) => DisplayFormatter.Text(url.Span),
            DescribeResult = static url => DisplayFormatter.Text(url.Span),
        },
    ];

    // The path goes over the URL, into as many bytes as the caller says.
    private static QueryRequest<UrlArguments, MappedUrlResult> Map(
        uint number, string name, ArgumentDecoder<string> decodeUrl, bool wide) =>
        new(number, name)
        {
            Decode = (pointers, request, out arguments) =>
            {
                arguments = default;
                if (pointers.Size is null || !decodeUrl(pointers, request, out var url))
                {
                    return false;
                }

                arguments = new UrlArguments(url, *pointers.Size);
                return true;
            },
            Handle = (request, given) => MappedUrlResult.Map(request, given.Url, wide, bounded: false),
            Store = StorePath,
            Describe = Describe,
            DescribeResult = DescribeResult,
        };

    // The path goes into a structure of a fixed size.
    private static QueryRequest<UrlArguments, MappedUrlResult> MapEx(
        uint number, string name, ArgumentDecoder<string> decodeUrl, bool wide, ResultStore<MappedUrlResult> store) =>
        new(number, name)
        {
            Decode = (pointers, request, out arguments) =>
            {
                var isComplete = decodeUrl(pointers, request, out var url) && pointers.DataType is not null;
                arguments = new UrlArguments(url, null);
                return isComplete;
            },
            Handle = (request, given) => MappedUrlResult.Map(request, given.Url, wide, bounded: true),
            Store = store,
            Describe = Describe,
            DescribeResult = DescribeResult,
        };

    // The URL takes the place of its normal form, which is never longer; a copy is what a trace can still show.
    private static bool DecodeForNormalizing(SupportPointers pointers, ExtensionRequest request, out Memory<byte> url)
    {
        var text = NativeString.Read((byte*)pointers.Buffer, NativeString.MaxUrl);
        url = text.ToArray();

        // No end within the bound: what lies there is no URL, and a NUL written into it would be one too many.
        return pointers.Buffer is not null && text.Length < NativeString.MaxUrl;
    }

    private static Win32Error StoreNormalized(SupportPointers pointers, ReadOnlyMemory<byte> url)
    {
        url.Span.CopyTo(new Span<byte>(pointers.Buffer, url.Length));
        ((byte*)pointers.Buffer)[url.Length] = 0;
        return Win32Error.SUCCESS;
    }

    private static Win32Error StorePath(SupportPointers pointers, MappedUrlResult mapped)
    {
        var room = new Span<byte>(pointers.Buffer, (int)Math.Min(*pointers.Size, int.MaxValue));
        *pointers.Size = (uint)mapped.Bytes.Length;
        return mapped.Bytes.AsSpan().TryCopyTo(room) ? Win32Error.SUCCESS : Win32Error.INSUFFICIENT_BUFFER;
    }

    private static Win32Error StoreStructure(SupportPointers pointers, MappedUrlResult mapped)
    {
        var info = (HSE_URL_MAPEX_INFO*)pointers.DataType;
        StorePathAndSize(pointers, mapped, new Span<byte>(info->lpszPath, MappedUrlResult.MaxPath));
        info->dwFlags = UrlMap.AccessFlags;
        info->cchMatchingPath = (uint)mapped.MatchingPath;
        info->cchMatchingURL = (uint)mapped.MatchingUrl;
        info->dwReserved1 = 0;
        info->dwReserved2 = 0;
        return Win32Error.SUCCESS;
    }

    private static Win32Error StoreWideStructure(SupportPointers pointers, MappedUrlResult mapped)
    {
        var info = (HSE_UNICODE_URL_MAPEX_INFO*)pointers.DataType;
        StorePathAndSize(pointers, mapped, new Span<byte>(info->lpszPath, MappedUrlResult.MaxPath * sizeof(char)));
        info->dwFlags = UrlMap.AccessFlags;
        info->cchMatchingPath = (uint)mapped.MatchingPath;
        info->cchMatchingURL = (uint)mapped.MatchingUrl;
        return Win32Error.SUCCESS;
    }

    private static void StorePathAndSize(SupportPointers pointers, MappedUrlResult mapped, Span<byte> path)
    {
        path.Clear();
        mapped.Bytes.CopyTo(path);
        if (pointers.Size is not null)
        {
            *pointers.Size = (uint)mapped.Bytes.Length;
        }
    }

    private static string Describe(UrlArguments arguments, SentDataFormatter sent) =>
        $"{DisplayFormatter.Text(arguments.Url)}{(arguments.Room is null ? "" : CallFormatter.Room(arguments.Room))}";

    private static string DescribeResult(MappedUrlResult mapped) => DisplayFormatter.Text(mapped.Path);
}
