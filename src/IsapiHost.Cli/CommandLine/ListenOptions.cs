using System.CommandLine;
using System.Globalization;
using IsapiHost.Cli.Configuration;

namespace IsapiHost.Cli.CommandLine;

/// <summary><c>--urls</c>, or <c>--host</c> and <c>--port</c>, which say the same in fewer letters.</summary>
internal static class ListenOptions
{
    /// <summary>The option that the address stands in, for faults.</summary>
    public static Option Given(HostOptions options, ParseResult parsed) =>
        ((Option[])[options.Urls, options.Host, options.Port])
            .FirstOrDefault(option => parsed.GetResult(option) is not null) ?? options.Urls;

    /// <summary>The addresses to listen on; empty where no option names one.</summary>
    public static string[] Read(HostOptions options, ParseResult parsed, FaultList faults)
    {
        var urls = parsed.OptionTexts(options.Urls);
        var host = parsed.OptionTexts(options.Host).FirstOrDefault();
        var port = parsed.OptionTexts(options.Port).FirstOrDefault();
        if (host is null && port is null)
        {
            return urls;
        }

        if (urls.Length > 0)
        {
            faults.Add(port is null ? options.Host.Name : options.Port.Name, "--urls says where to listen already. Leave one of them out.");
            return urls;
        }

        if (port is not null && !ushort.TryParse(port, NumberStyles.None, CultureInfo.InvariantCulture, out _))
        {
            faults.Add(options.Port.Name, $"\"{port}\" is not a port. Write a number from 1 to 65535, or 0 for any free one.");
            return [];
        }

        if (host is not null && host.Contains('/', StringComparison.Ordinal))
        {
            faults.Add(options.Host.Name, $"\"{host}\" is not the name or the address of a machine. For a URL write --urls {host}");
            return [];
        }

        var isIPv6 = host?.Contains(':', StringComparison.Ordinal) == true && !host.StartsWith('[');
        var anyPort = port is "0" ? "127.0.0.1" : "localhost"; // localhost is two addresses, which cannot share a free port
        return [$"http://{(isIPv6 ? $"[{host}]" : host ?? anyPort)}:{port ?? ListenAddress.DefaultPort}"];
    }
}
