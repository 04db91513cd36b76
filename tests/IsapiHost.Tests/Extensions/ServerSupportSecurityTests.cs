using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using IsapiHost.Interop;
using IsapiHost.Interop.Abi;

namespace IsapiHost.Tests.Extensions;

public sealed unsafe class ServerSupportSecurityTests : IDisposable
{
    private readonly SupportCalls _support = new();

    [Fact]
    public void Without_a_client_certificate_there_is_no_data()
    {
        CERT_CONTEXT_EX info = default;

        Assert.Equal(Win32Error.NO_DATA, _support.Call(HSE_REQ.GET_CERT_INFO_EX, &info));
    }

    [Fact]
    public void A_client_certificate_is_written_as_der_and_nothing_else_of_the_context()
    {
        using var certificate = UseCertificate();
        var room = stackalloc byte[2000];
        CERT_CONTEXT_EX info;
        new Span<byte>(&info, sizeof(CERT_CONTEXT_EX)).Fill(0xEE); // callers leave most of it uninitialised
        info.CertContext.pbCertEncoded = room;
        info.cbAllocated = 2000;

        Assert.Equal(Win32Error.SUCCESS, _support.Call(HSE_REQ.GET_CERT_INFO_EX, &info));

        Assert.Equal(certificate.RawData, new Span<byte>(room, (int)info.CertContext.cbCertEncoded).ToArray());
        Assert.Equal(1u, info.CertContext.dwCertEncodingType);
        Assert.Equal(1u, info.dwCertificateFlags);
        Assert.Equal(2000u, info.cbAllocated);
        Assert.True(info.CertContext.pbCertEncoded == room);
        Assert.Equal(unchecked((nint)0xEEEEEEEEEEEEEEEE), (nint)info.CertContext.pCertInfo);
        Assert.Equal(unchecked((nint)0xEEEEEEEEEEEEEEEE), (nint)info.CertContext.hCertStore);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(10)]
    public void A_short_buffer_learns_the_size(int allocated)
    {
        using var certificate = UseCertificate();
        var room = stackalloc byte[10];
        CERT_CONTEXT_EX info = default;
        info.CertContext.pbCertEncoded = allocated == 0 ? null : room;
        info.cbAllocated = (uint)allocated;

        Assert.Equal(Win32Error.INSUFFICIENT_BUFFER, _support.Call(HSE_REQ.GET_CERT_INFO_EX, &info));

        Assert.Equal((uint)certificate.RawData.Length, info.CertContext.cbCertEncoded);
    }

    [Fact]
    public void A_size_without_a_buffer_is_an_invalid_parameter()
    {
        CERT_CONTEXT_EX info = default;
        info.cbAllocated = 100;

        Assert.Equal(Win32Error.INVALID_PARAMETER, _support.Call(HSE_REQ.GET_CERT_INFO_EX, &info));
        Assert.Equal(Win32Error.INVALID_PARAMETER, _support.Call(HSE_REQ.GET_CERT_INFO_EX));
    }

    [Fact]
    public void Without_Windows_there_are_no_tokens()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has tokens");
        nint token = -1;

        Assert.Equal(Win32Error.NO_TOKEN, _support.Call(HSE_REQ.GET_IMPERSONATION_TOKEN, &token));
        Assert.Equal(Win32Error.NO_TOKEN, _support.Call(HSE_REQ.GET_ANONYMOUS_TOKEN, &token, (uint*)&token));
        Assert.Equal(Win32Error.NO_TOKEN, _support.Call(HSE_REQ.GET_UNICODE_ANONYMOUS_TOKEN, &token, (uint*)&token));
        Assert.Equal(-1, token);
    }

    [Fact]
    public void A_token_needs_a_place()
    {
        Assert.Equal(Win32Error.INVALID_PARAMETER, _support.Call(HSE_REQ.GET_IMPERSONATION_TOKEN));
        Assert.Equal(Win32Error.INVALID_PARAMETER, _support.Call(HSE_REQ.GET_ANONYMOUS_TOKEN));
        Assert.Equal(Win32Error.INVALID_PARAMETER, _support.Call(HSE_REQ.GET_UNICODE_ANONYMOUS_TOKEN));
    }

    public void Dispose() => _support.Dispose();

    private X509Certificate2 UseCertificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var certificate = new CertificateRequest("CN=joe", key, HashAlgorithmName.SHA256)
            .CreateSelfSigned(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(100));
        _support.Context.Connection.ClientCertificate = certificate;
        return certificate;
    }
}
