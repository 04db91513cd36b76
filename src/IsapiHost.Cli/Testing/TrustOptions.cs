using System.CommandLine;
using IsapiHost.Testing.Sending;

namespace IsapiHost.Cli.Testing;

/// <summary>
/// Which certificate of a <c>--target https://…</c> is accepted, for <c>test</c> and <c>record</c>; the names are those of curl.
/// </summary>
internal sealed class TrustOptions
{
    public Option<string?> CaCert { get; } = new("--cacert")
    {
        HelpName = "FILE",
        Description = "The certificate of --target https://…, or of its issuer (PEM or DER), in place of those that the system trusts.",
    };

    public Option<bool> Insecure { get; } = new("--insecure", "-k")
    {
        Description = "Accept any certificate of --target https://…, unchecked.",
    };

    /// <summary>What the options say; faults are added for a file that has no certificate.</summary>
    public static ServerTrust Read(string? caCert, bool insecure, List<string> faults)
    {
        if (caCert is null)
        {
            return insecure ? ServerTrust.Any : ServerTrust.System;
        }

        if (insecure)
        {
            faults.Add("--cacert, --insecure: one checks the certificate and the other does not. Leave one of them out.");
            return ServerTrust.System;
        }

        try
        {
            return ServerTrust.Only(caCert);
        }
        catch (ArgumentException e)
        {
            faults.Add($"--cacert {caCert}: {e.Message}");
            return ServerTrust.System;
        }
    }
}
