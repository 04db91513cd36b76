using System.Runtime.CompilerServices;
using IsapiHost.Extensions.Tokens;
using IsapiHost.Interop;
using IsapiHost.Interop.Abi;
using IsapiHost.Tracing;
using Microsoft.AspNetCore.Http.Features;

namespace IsapiHost.Extensions.Support;

/// <summary>Who the client is: tokens and certificates.</summary>
internal static unsafe class SecurityRequests
{
    // dwCertEncodingType.
    private const uint X509_ASN_ENCODING = 1;

    // dwCertificateFlags, as the variable CERT_FLAGS: there is one, and nothing is held against it.
    private const uint CertificatePresent = 1;

    public static SupportRequest[] All { get; } =
    [
        new QueryRequest<NoArguments, nint>(HSE_REQ.GET_IMPERSONATION_TOKEN, nameof(HSE_REQ.GET_IMPERSONATION_TOKEN))
        {
            Decode = Decoders.NoneWithBuffer,
            Handle = static (request, _) => Token(AccessTokens.OfThisSystem.Borrow(request.Context, out var token), token),
            Store = static (pointers, token) => StoreHandle(pointers.Buffer, token),
        },

        // Every URL has the same anonymous account here, so the URL is only shown. lpdwSize is a HANDLE*.
        new QueryRequest<string, nint>(HSE_REQ.GET_ANONYMOUS_TOKEN, nameof(HSE_REQ.GET_ANONYMOUS_TOKEN))
        {
            Decode = DecodeUrl,
            Handle = static (_, _) => Token(AccessTokens.OfThisSystem.DuplicateAnonymous(out var token), token),
            Store = static (pointers, token) => StoreHandle(pointers.Size, token),
            Describe = static (url, _) => DisplayFormatter.Text(url),
        },
        new QueryRequest<string, nint>(HSE_REQ.GET_UNICODE_ANONYMOUS_TOKEN, nameof(HSE_REQ.GET_UNICODE_ANONYMOUS_TOKEN))
        {
            Decode = DecodeWideUrl,
            Handle = static (_, _) => Token(AccessTokens.OfThisSystem.DuplicateAnonymous(out var token), token),
            Store = static (pointers, token) => StoreHandle(pointers.Size, token),
            Describe = static (url, _) => DisplayFormatter.Text(url),
        },
        new QueryRequest<uint, ReadOnlyMemory<byte>>(HSE_REQ.GET_CERT_INFO_EX, nameof(HSE_REQ.GET_CERT_INFO_EX))
        {
            Decode = DecodeCertificateRoom,
            Handle = FindCertificate,
            Store = StoreCertificate,
            Describe = static (room, _) => $"room for {room} bytes",
        },
    ];

    private static bool DecodeUrl(SupportPointers pointers, ExtensionRequest request, out string url)
    {
        url = request.Host.Site.AnsiEncoding.GetString(NativeString.Read((byte*)pointers.Buffer, NativeString.MaxUrl));
        return pointers.Buffer is not null && pointers.Size is not null;
    }

    private static bool DecodeWideUrl(SupportPointers pointers, ExtensionRequest request, out string url)
    {
        url = NativeWideString.Read((char*)pointers.Buffer, NativeString.MaxUrl).ToString();
        return pointers.Buffer is not null && pointers.Size is not null;
    }

    private static bool DecodeCertificateRoom(SupportPointers pointers, ExtensionRequest request, out uint room)
    {
        room = 0;
        var info = (CERT_CONTEXT_EX*)pointers.Buffer;
        if (info is null || (info->CertContext.pbCertEncoded is null && info->cbAllocated != 0))
        {
            return false;
        }

        room = info->cbAllocated;
        return true;
    }

    private static SupportResult<nint> Token(Win32Error error, nint token) =>
        error == Win32Error.SUCCESS ? new SupportResult<nint>(token) : new SupportResult<nint>(error);

    private static ValueTask<SupportResult<ReadOnlyMemory<byte>>> FindCertificate(ExtensionRequest request, uint room) =>

        // As with the variables CERT_…: asking starts no renegotiation.
        request.Context.Features.Get<ITlsConnectionFeature>()?.ClientCertificate is { } certificate
            ? new SupportResult<ReadOnlyMemory<byte>>(certificate.RawDataMemory)
            : new SupportResult<ReadOnlyMemory<byte>>(Win32Error.NO_DATA);

    private static Win32Error StoreHandle(void* place, nint handle)
    {
        Unsafe.WriteUnaligned(place, handle);
        return Win32Error.SUCCESS;
    }

    private static Win32Error StoreCertificate(SupportPointers pointers, ReadOnlyMemory<byte> encoded)
    {
        var info = (CERT_CONTEXT_EX*)pointers.Buffer;
        info->CertContext.cbCertEncoded = (uint)encoded.Length;
        if (encoded.Length > info->cbAllocated)
        {
            return Win32Error.INSUFFICIENT_BUFFER;
        }

        encoded.Span.CopyTo(new Span<byte>(info->CertContext.pbCertEncoded, encoded.Length));
        info->CertContext.dwCertEncodingType = X509_ASN_ENCODING;
        info->dwCertificateFlags = CertificatePresent;
        return Win32Error.SUCCESS;
    }
}
