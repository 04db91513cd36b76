using System.Buffers;
using System.Text;
using IsapiHost.Interop;
using IsapiHost.Interop.Abi;
using IsapiHost.Mapping;
using IsapiHost.Requests;

namespace IsapiHost.Extensions.Support;

/// <content>From a URL path to a physical path.</content>
internal static unsafe partial class ServerSupport
{
    // The size of lpszPath in both HSE_URL_MAPEX_INFO structures.
    private const int MaxPath = 260;

    private static Win32Error MapUrlToPath(ExtensionRequest request, SupportArguments arguments)
    {
        if (arguments.Buffer is null || arguments.Size is null)
        {
            return Win32Error.INVALID_PARAMETER;
        }

        var room = new Span<byte>(arguments.Buffer, (int)Math.Min(*arguments.Size, int.MaxValue));
        var encoding = request.Host.Site.AnsiEncoding;
        using var mapped = request.View.Urls.Map(UrlOnly(encoding.GetString(ReadSized(arguments))));
        if (mapped.IsRefused)
        {
            return Win32Error.INVALID_PARAMETER;
        }

        var needed = encoding.GetByteCount(mapped.Text) + 1;
        *arguments.Size = (uint)needed;
        if (needed > room.Length)
        {
            return Win32Error.INSUFFICIENT_BUFFER;
        }

        encoding.GetBytes(mapped.Text, room);
        room[needed - 1] = 0;
        return Win32Error.SUCCESS;
    }

    private static Win32Error MapUrlToPathEx(ExtensionRequest request, SupportArguments arguments)
    {
        var info = (HSE_URL_MAPEX_INFO*)arguments.DataType;
        if (arguments.Buffer is null || info is null)
        {
            return Win32Error.INVALID_PARAMETER;
        }

        var encoding = request.Host.Site.AnsiEncoding;
        using var mapped = request.View.Urls.Map(UrlOnly(encoding.GetString(ReadSized(arguments))));
        if (mapped.IsRefused)
        {
            return Win32Error.INVALID_PARAMETER;
        }

        var path = new Span<byte>(info->lpszPath, MaxPath);
        path.Clear();
        encoding.GetEncoder().Convert(mapped.Text, path[..^1], flush: true, out _, out var written, out var complete);
        info->dwFlags = UrlMap.AccessFlags;
        info->cchMatchingPath = (uint)mapped.MatchingPath;
        info->cchMatchingURL = (uint)mapped.MatchingUrl;
        info->dwReserved1 = 0;
        info->dwReserved2 = 0;
        if (arguments.Size is not null)
        {
            *arguments.Size = (uint)written + 1;
        }

        return complete ? Win32Error.SUCCESS : Win32Error.INSUFFICIENT_BUFFER;
    }

    // A URL to map, with or without its NUL counted in the size.
    private static ReadOnlySpan<byte> ReadSized(SupportArguments arguments) =>
        arguments.Size is null
            ? NativeString.Read((byte*)arguments.Buffer, NativeString.MaxUrl)
            : NativeString.Read((byte*)arguments.Buffer, (int)Math.Min(*arguments.Size, NativeString.MaxUrl));

    private static string UrlOnly(string url)
    {
        var query = url.IndexOf('?', StringComparison.Ordinal);
        return query < 0 ? url : url[..query];
    }
}
