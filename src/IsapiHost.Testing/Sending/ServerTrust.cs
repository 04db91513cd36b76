using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace IsapiHost.Testing.Sending;

/// <summary>Which certificates of a server are accepted.</summary>
internal sealed class ServerTrust
{
    private readonly X509ChainPolicy? _policy;
    private readonly bool _acceptsAny;

    private ServerTrust(X509ChainPolicy? policy, bool acceptsAny)
    {
        _policy = policy;
        _acceptsAny = acceptsAny;
    }

    /// <summary>Those that the system trusts.</summary>
    public static ServerTrust System { get; } = new(policy: null, acceptsAny: false);

    /// <summary>Any, unchecked.</summary>
    public static ServerTrust Any { get; } = new(policy: null, acceptsAny: true);

    /// <summary>The server's own certificate, or its issuer's, in place of those that the system trusts.</summary>
    /// <param name="path">A file with one or more PEM certificates, or one certificate as DER.</param>
    /// <exception cref="ArgumentException">There is no certificate in the file; the message says what to do.</exception>
    public static ServerTrust Only(string path)
    {
        X509ChainPolicy policy = new() { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        try
        {
            policy.CustomTrustStore.ImportFromPemFile(path);
            if (policy.CustomTrustStore.Count == 0)
            {
                policy.CustomTrustStore.Add(X509CertificateLoader.LoadCertificateFromFile(path));
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CryptographicException or ArgumentException)
        {
            throw new ArgumentException($"there is no certificate to be read ({e.Message.TrimEnd('.')}). Name a PEM or DER file with the server's "
                + "certificate, or that of its issuer.", e);
        }

        return new ServerTrust(policy, acceptsAny: false);
    }

    public void ApplyTo(SslClientAuthenticationOptions options)
    {
        options.CertificateChainPolicy = _policy;
        if (_acceptsAny)
        {
#pragma warning disable CA5359 // Accepting any certificate is what the user has asked for in so many words.
            options.RemoteCertificateValidationCallback = (_, _, _, _) => true;
#pragma warning restore CA5359
        }
    }
}
