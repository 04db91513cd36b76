using System.Net;

namespace IsapiHost.Cli.Configuration;

/// <summary>The proxies whose X-Forwarded-For and X-Forwarded-Proto are believed.</summary>
/// <param name="Addresses">Single addresses.</param>
/// <param name="Networks">Networks, such as 10.0.0.0/8.</param>
/// <param name="Everybody">Whether whoever connects is believed.</param>
internal sealed record TrustedProxies(IReadOnlyList<IPAddress> Addresses, IReadOnlyList<IPNetwork> Networks, bool Everybody)
{
    /// <summary>Nobody is believed.</summary>
    public static TrustedProxies None { get; } = new([], [], Everybody: false);

    /// <summary>Whether anybody is believed.</summary>
    public bool Any => Everybody || Addresses.Count > 0 || Networks.Count > 0;

    /// <summary>Reads setting TrustedProxies: addresses, networks, or <c>*</c>.</summary>
    public static TrustedProxies Read(IReadOnlyList<GivenValue> values, FaultList faults)
    {
        List<IPAddress> addresses = [];
        List<IPNetwork> networks = [];
        bool everybody = false;
        foreach (GivenValue value in values)
        {
            foreach (string text in value.Text.Split([';', ','], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
            {
                if (text == "*")
                {
                    everybody = true;
                }
                else if (IPAddress.TryParse(text, out IPAddress? address))
                {
                    addresses.Add(address);
                }
                else if (IPNetwork.TryParse(text, out IPNetwork network))
                {
                    networks.Add(network);
                }
                else
                {
                    faults.Add(
                        value.Where,
                        $"\"{text}\" is neither an address nor a network. "
                    + "Write 10.0.0.5, 10.0.0.0/8 (no bits set behind the prefix) or *, which believes whoever connects.");
                }
            }
        }

        return new TrustedProxies(addresses, networks, everybody);
    }
}
