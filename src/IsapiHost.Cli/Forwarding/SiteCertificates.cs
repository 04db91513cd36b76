using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace IsapiHost.Cli.Forwarding;

/// <summary>The certificates that vouch for the site, in place of those that the system trusts.</summary>
internal static class SiteCertificates
{
    /// <param name="path">A PEM file; null for the system's.</param>
    /// <returns>Null for the system's.</returns>
    /// <exception cref="ArgumentException">The file has no certificates; the message says what is wrong with it.</exception>
    public static X509ChainPolicy? Load(string? path)
    {
        if (string.IsNullOrEmpty(path))
        {
            return null;
        }

        X509ChainPolicy policy = new() { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        try
        {
            policy.CustomTrustStore.ImportFromPemFile(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CryptographicException)
        {
            throw new ArgumentException(
                $"this file cannot be read ({e.Message.TrimEnd('.')}). Name a PEM file with certificates.", nameof(path), e);
        }

        return policy.CustomTrustStore.Count > 0
            ? policy
            : throw new ArgumentException(
                "there is no certificate in this file. Name a PEM file: -----BEGIN CERTIFICATE----- and what follows.", nameof(path));
    }
}
