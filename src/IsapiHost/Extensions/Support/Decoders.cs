using System.Runtime.CompilerServices;
using IsapiHost.Interop;

namespace IsapiHost.Extensions.Support;

/// <summary>Arguments and results that several requests have alike.</summary>
internal static unsafe class Decoders
{
    public static bool None(SupportPointers pointers, ExtensionRequest request, out NoArguments arguments)
    {
        arguments = default;
        return true;
    }

    /// <summary>No arguments, but a place for the result at lpvBuffer.</summary>
    public static bool NoneWithBuffer(SupportPointers pointers, ExtensionRequest request, out NoArguments arguments)
    {
        arguments = default;
        return pointers.Buffer is not null;
    }

    /// <summary>A text of at most <see cref="NativeString.MaxText"/> bytes at lpvBuffer, which may be missing.</summary>
    public static bool Text(SupportPointers pointers, ExtensionRequest request, out ReadOnlySpan<byte> text)
    {
        text = NativeString.Read((byte*)pointers.Buffer, NativeString.MaxText);
        return true;
    }

    /// <summary>A URL at lpvBuffer, with lpdwSize bytes if that is there; the size may or may not count the NUL.</summary>
    public static bool Url(SupportPointers pointers, ExtensionRequest request, out string url)
    {
        var bytes = pointers.Size is null
            ? NativeString.Read((byte*)pointers.Buffer, NativeString.MaxUrl)
            : NativeString.Read((byte*)pointers.Buffer, (int)Math.Min(*pointers.Size, NativeString.MaxUrl));
        url = request.Host.Site.AnsiEncoding.GetString(bytes);
        return pointers.Buffer is not null;
    }

    /// <summary>The same in UTF-16; the size is in bytes.</summary>
    public static bool WideUrl(SupportPointers pointers, ExtensionRequest request, out string url)
    {
        var limit = pointers.Size is null ? NativeString.MaxUrl : (int)Math.Min(*pointers.Size / sizeof(char), NativeString.MaxUrl);
        url = NativeWideString.Read((char*)pointers.Buffer, limit).ToString();
        return pointers.Buffer is not null;
    }

    /// <summary>A BOOL or DWORD at lpvBuffer.</summary>
    public static Win32Error Store(SupportPointers pointers, uint value)
    {
        Unsafe.WriteUnaligned(pointers.Buffer, value);
        return Win32Error.SUCCESS;
    }
}
