using System.Runtime.InteropServices;

namespace IsapiHost.Interop.Abi;

/// <summary>Where HSE_REQ_GET_CERT_INFO_EX puts the client's certificate.</summary>
/// <remarks>HttpExt.h, <c>CERT_CONTEXT_EX</c>.</remarks>
[StructLayout(LayoutKind.Sequential)]
internal struct CERT_CONTEXT_EX
{
    public CERT_CONTEXT CertContext;

    /// <summary>Bytes at <c>CertContext.pbCertEncoded</c>, which the extension provides.</summary>
    public uint cbAllocated;

    public uint dwCertificateFlags;
}
