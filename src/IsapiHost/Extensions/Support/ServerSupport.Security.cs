using System.Runtime.CompilerServices;
using IsapiHost.Extensions.Tokens;
using IsapiHost.Interop;
using IsapiHost.Interop.Abi;
using Microsoft.AspNetCore.Http.Features;

namespace IsapiHost.Extensions.Support;

/// <content>Who the client is: tokens and certificates.</content>
internal static unsafe partial class ServerSupport
{
    // dwCertEncodingType.
    private const uint X509_ASN_ENCODING = 1;

    // dwCertificateFlags, as the variable CERT_FLAGS: there is one, and nothing is held against it.
    private const uint CertificatePresent = 1;

    private static Win32Error GetImpersonationToken(ExtensionRequest request, SupportArguments arguments)
    {
        if (arguments.Buffer is null)
        {
            return Win32Error.INVALID_PARAMETER;
        }

        var error = AccessTokens.OfThisSystem.Borrow(request.Context, out var token);
        return error == Win32Error.SUCCESS ? StoreHandle(arguments.Buffer, token) : error;
    }

    // The URL is lpvBuffer, in either encoding; every URL has the same anonymous account here, so it is not read. lpdwSize is a HANDLE*.
    private static Win32Error GetAnonymousToken(SupportArguments arguments)
    {
        if (arguments.Buffer is null || arguments.Size is null)
        {
            return Win32Error.INVALID_PARAMETER;
        }

        var error = AccessTokens.OfThisSystem.DuplicateAnonymous(out var token);
        return error == Win32Error.SUCCESS ? StoreHandle(arguments.Size, token) : error;
    }

    private static Win32Error StoreHandle(void* place, nint handle)
    {
        Unsafe.WriteUnaligned(place, handle);
        return Win32Error.SUCCESS;
    }

    private static Win32Error GetCertInfoEx(ExtensionRequest request, SupportArguments arguments)
    {
        var info = (CERT_CONTEXT_EX*)arguments.Buffer;
        if (info is null || (info->CertContext.pbCertEncoded is null && info->cbAllocated != 0))
        {
            return Win32Error.INVALID_PARAMETER;
        }

        // As with the variables CERT_…: asking starts no renegotiation.
        if (request.Context.Features.Get<ITlsConnectionFeature>()?.ClientCertificate is not { } certificate)
        {
            return Win32Error.NO_DATA;
        }

        var encoded = certificate.RawDataMemory.Span;
        info->CertContext.cbCertEncoded = (uint)encoded.Length;
        if (encoded.Length > info->cbAllocated)
        {
            return Win32Error.INSUFFICIENT_BUFFER;
        }

        encoded.CopyTo(new Span<byte>(info->CertContext.pbCertEncoded, encoded.Length));
        info->CertContext.dwCertEncodingType = X509_ASN_ENCODING;
        info->dwCertificateFlags = CertificatePresent;
        return Win32Error.SUCCESS;
    }
}
