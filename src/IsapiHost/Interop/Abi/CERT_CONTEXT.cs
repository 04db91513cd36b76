using System.Runtime.InteropServices;

namespace IsapiHost.Interop.Abi;

/// <summary>A certificate; the host never touches the last two members.</summary>
/// <remarks>wincrypt.h, <c>CERT_CONTEXT</c>.</remarks>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct CERT_CONTEXT
{
    /// <summary>1 is X509_ASN_ENCODING.</summary>
    public uint dwCertEncodingType;

    /// <summary>DER.</summary>
    public byte* pbCertEncoded;

    /// <summary>Bytes.</summary>
    public uint cbCertEncoded;

    public void* pCertInfo;
    public void* hCertStore;
}
