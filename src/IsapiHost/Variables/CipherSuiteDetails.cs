using System.Collections.Concurrent;
using System.Net.Security;

namespace IsapiHost.Variables;

/// <summary>A TLS cipher suite in the terms of wincrypt.h: ALG_ID values in hexadecimal, empty where that header has none.</summary>
internal sealed record CipherSuiteDetails(int KeySize, string CipherId, string HashId, string KeyExchangeId)
{
    private static readonly ConcurrentDictionary<TlsCipherSuite, CipherSuiteDetails> _known = new();

    public static CipherSuiteDetails Of(TlsCipherSuite suite) => _known.GetOrAdd(suite, static suite => Parse(suite.ToString()));

    // The registered names say all of it: TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384.
    private static CipherSuiteDetails Parse(string name)
    {
        var (keySize, cipher) =
            name.Contains("AES_256", StringComparison.Ordinal) ? (256, "6610") :
            name.Contains("AES_128", StringComparison.Ordinal) ? (128, "660e") :
            name.Contains("3DES", StringComparison.Ordinal) ? (168, "6603") :
            name.Contains("CHACHA20", StringComparison.Ordinal) || name.Contains("_256_", StringComparison.Ordinal) ? (256, "") :
            name.Contains("_128_", StringComparison.Ordinal) ? (128, "") : (0, "");

        var hash =
            name.EndsWith("SHA384", StringComparison.Ordinal) ? "800d" :
            name.EndsWith("SHA256", StringComparison.Ordinal) ? "800c" :
            name.EndsWith("SHA", StringComparison.Ordinal) ? "8004" :
            name.EndsWith("MD5", StringComparison.Ordinal) ? "8003" : "";

        // Suites of TLS 1.3 name no key exchange: it always is an ephemeral one, on a curve in practice.
        var keyExchange =
            name.Contains("_ECDHE_", StringComparison.Ordinal) || !name.Contains("_WITH_", StringComparison.Ordinal) ? "ae06" :
            name.Contains("_DHE_", StringComparison.Ordinal) ? "aa02" :
            name.StartsWith("TLS_RSA_WITH", StringComparison.Ordinal) ? "a400" : "";

        return new CipherSuiteDetails(keySize, cipher, hash, keyExchange);
    }
}
