using IsapiHost.Interop;
using IsapiHost.Interop.Abi;
using IsapiHost.Mapping;
using IsapiHost.Requests;

namespace IsapiHost.Extensions.Support;

/// <content>The same as ServerSupport.Urls for UTF-16, and the normal form of a URL. Sizes are bytes in both directions, lengths are characters.</content>
internal static unsafe partial class ServerSupport
{
    private static Win32Error MapUnicodeUrlToPath(ExtensionRequest request, SupportArguments arguments)
    {
        if (arguments.Buffer is null || arguments.Size is null)
        {
            return Win32Error.INVALID_PARAMETER;
        }

        var room = new Span<char>(arguments.Buffer, (int)Math.Min(*arguments.Size, int.MaxValue) / sizeof(char));
        using var mapped = request.View.Urls.Map(UrlOnly(ReadSizedWide(arguments).ToString()));
        if (mapped.IsRefused)
        {
            return Win32Error.INVALID_PARAMETER;
        }

        var path = mapped.Text;
        *arguments.Size = (uint)((path.Length + 1) * sizeof(char));
        if (path.Length + 1 > room.Length)
        {
            return Win32Error.INSUFFICIENT_BUFFER;
        }

        path.CopyTo(room);
        room[path.Length] = '\0';
        return Win32Error.SUCCESS;
    }

    private static Win32Error MapUnicodeUrlToPathEx(ExtensionRequest request, SupportArguments arguments)
    {
        var info = (HSE_UNICODE_URL_MAPEX_INFO*)arguments.DataType;
        if (arguments.Buffer is null || info is null)
        {
            return Win32Error.INVALID_PARAMETER;
        }

        using var mapped = request.View.Urls.Map(UrlOnly(ReadSizedWide(arguments).ToString()));
        if (mapped.IsRefused)
        {
            return Win32Error.INVALID_PARAMETER;
        }

        var path = new Span<char>(info->lpszPath, MaxPath);
        var written = Fitting(mapped.Text, MaxPath - 1);
        path.Clear();
        mapped.Text[..written].CopyTo(path);
        info->dwFlags = UrlMap.AccessFlags;
        info->cchMatchingPath = (uint)mapped.MatchingPath;
        info->cchMatchingURL = (uint)mapped.MatchingUrl;
        if (arguments.Size is not null)
        {
            *arguments.Size = (uint)((written + 1) * sizeof(char));
        }

        return written == mapped.Text.Length ? Win32Error.SUCCESS : Win32Error.INSUFFICIENT_BUFFER;
    }

    private static Win32Error NormalizeUrl(SupportArguments arguments)
    {
        var url = (byte*)arguments.Buffer;
        var length = NativeString.Read(url, NativeString.MaxUrl).Length;

        // No end within the bound: what lies there is no URL, and a NUL written into it would be one too many.
        if (url is null || length == NativeString.MaxUrl)
        {
            return Win32Error.INVALID_PARAMETER;
        }

        url[UrlNormalizer.Normalize(new Span<byte>(url, length))] = 0;
        return Win32Error.SUCCESS;
    }

    // Half a surrogate pair is no character.
    private static int Fitting(ReadOnlySpan<char> text, int limit) =>
        text.Length <= limit ? text.Length : char.IsHighSurrogate(text[limit - 1]) ? limit - 1 : limit;

    private static ReadOnlySpan<char> ReadSizedWide(SupportArguments arguments) =>
        NativeWideString.Read(
            (char*)arguments.Buffer,
            arguments.Size is null ? NativeString.MaxUrl : (int)Math.Min(*arguments.Size / sizeof(char), NativeString.MaxUrl));
}
