using System.Globalization;
using IsapiHost.Hosting.Settings;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Configuration;

namespace IsapiHost.Cli.Configuration;

/// <summary>
/// What section <c>Kestrel</c> says of the server as a whole. Kestrel reads endpoints and certificates there by itself, but neither its
/// limits nor options such as AddServerHeader.
/// </summary>
internal static class KestrelSection
{
    /// <summary>The name of the section.</summary>
    public const string Name = "Kestrel";

    // As http.sys does; Kestrel's own is 8 KB.
    private const int LongestRequestLine = 16 * 1024;

    private const string Rates = "MinRequestBodyDataRate MinResponseDataRate";

    private static readonly string[] _certificate = ["Path", "KeyPath", "Password", "Subject", "Store", "Location", "AllowInvalid"];
    private static readonly string[] _defaults = ["Protocols", "SslProtocols", "ClientCertificateMode", "Certificate"];
    private static readonly string[] _endpoint = [.. _defaults, "Url", "Sni"];

    /// <summary>Sets what the section gives a value, and says what in it cannot be understood.</summary>
    public static IReadOnlyList<OptionFault> Apply(IConfiguration section, KestrelServerOptions kestrel)
    {
        kestrel.Limits.MaxRequestLineSize = LongestRequestLine;
        List<OptionFault> faults = [];
        string[] rates = [.. Rates.Split(' ').Select(rate => $"Limits:{rate}")];
        new OptionBinder(Options(kestrel), ["Endpoints", "Certificates", "EndpointDefaults", .. rates]).Bind(section, faults);
        kestrel.Limits.MinRequestBodyDataRate = Rate(section, rates[0], kestrel.Limits.MinRequestBodyDataRate, faults);
        kestrel.Limits.MinResponseDataRate = Rate(section, rates[1], kestrel.Limits.MinResponseDataRate, faults);
        CheckEndpoints(section, faults);
        return faults;
    }

    private static IEnumerable<OptionProperty> Options(KestrelServerOptions kestrel) =>
    [
        .. Writable("", kestrel).Where(option => option.Type == typeof(bool)),
        .. Writable("Limits:", kestrel.Limits),
        .. Writable("Limits:Http2:", kestrel.Limits.Http2),
        .. Writable("Limits:Http3:", kestrel.Limits.Http3),
    ];

    private static IEnumerable<OptionProperty> Writable(string prefix, object owner) =>
        owner.GetType().GetProperties()
            .Where(property => property.SetMethod is { IsPublic: true })
            .Select(property => new OptionProperty(prefix + property.Name, owner, property));

    // { "BytesPerSecond": 100, "GracePeriod": "00:00:05" }, or 0 for no limit.
    private static MinDataRate? Rate(IConfiguration section, string name, MinDataRate? standard, List<OptionFault> faults)
    {
        IConfigurationSection rate = section.GetSection(name);
        if (rate.Value == "0")
        {
            return null;
        }

        if (rate.Value is null && !rate.GetChildren().Any())
        {
            return standard;
        }

        try
        {
            return new MinDataRate(
                double.Parse(rate["BytesPerSecond"] ?? "", CultureInfo.InvariantCulture),
                rate["GracePeriod"] is { } grace
                    ? TimeSpan.Parse(grace, CultureInfo.InvariantCulture)
                    : standard?.GracePeriod ?? TimeSpan.FromSeconds(5));
        }
        catch (Exception e) when (e is FormatException or OverflowException or ArgumentException)
        {
            faults.Add(new OptionFault(
                name,
                "write { \"BytesPerSecond\": 240, \"GracePeriod\": \"00:00:05\" } "
                    + "with a grace of more than one second, or 0 for no limit."));
            return standard;
        }
    }

    // Kestrel passes over names that it does not know.
    private static void CheckEndpoints(IConfiguration section, List<OptionFault> faults)
    {
        CheckNames(section, "EndpointDefaults", _defaults, faults);
        CheckNames(section, "EndpointDefaults:Certificate", _certificate, faults);
        foreach (IConfigurationSection certificate in section.GetSection("Certificates").GetChildren())
        {
            CheckNames(section, $"Certificates:{certificate.Key}", _certificate, faults);
        }

        foreach (IConfigurationSection endpoint in section.GetSection("Endpoints").GetChildren())
        {
            string name = $"Endpoints:{endpoint.Key}";
            CheckNames(section, name, _endpoint, faults);
            CheckNames(section, $"{name}:Certificate", _certificate, faults);
            foreach (IConfigurationSection host in endpoint.GetSection("Sni").GetChildren())
            {
                CheckNames(section, $"{name}:Sni:{host.Key}", _defaults, faults);
                CheckNames(section, $"{name}:Sni:{host.Key}:Certificate", _certificate, faults);
            }
        }
    }

    private static void CheckNames(IConfiguration section, string place, string[] known, List<OptionFault> faults)
    {
        var given = section.GetSection(place).GetChildren().Select(child => child.Key);
        foreach (var name in given.Except(known, StringComparer.OrdinalIgnoreCase))
        {
            faults.Add(new OptionFault($"{place}:{name}", NearestName.Remedy(name, known)));
        }
    }
}
