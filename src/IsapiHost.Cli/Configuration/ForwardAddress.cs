using System.Net;
using IsapiHost.Cli.Forwarding;
using Microsoft.AspNetCore.Http;

namespace IsapiHost.Cli.Configuration;

/// <summary>Checks the address of <c>--forward</c>.</summary>
internal static class ForwardAddress
{
    private static readonly string[] _anyAddress = ["*", "+", "0.0.0.0", "[::]"];

    /// <summary>Reads the address; null if a fault was added.</summary>
    /// <param name="given">The site.</param>
    /// <param name="urls">Where this host listens: a site that is this host itself would ask for ever.</param>
    /// <param name="faults">Takes what is wrong.</param>
    public static Uri? Read(GivenValue given, IReadOnlyList<string> urls, FaultList faults)
    {
        // "/site" is a file's URL to .NET on Linux.
        string? fault = Uri.TryCreate(given.Text, UriKind.Absolute, out Uri? site) && !given.Text.StartsWith('/')
            ? SiteAddress.FaultOf(site)
            : "is not a URL. Write for example "
                + (given.Text.AsSpan().ContainsAny('/', ':') ? "http://127.0.0.1:8081" : $"http://{given.Text}");
        if (fault is null && urls.FirstOrDefault(url => IsSame(BindingAddress.Parse(url), site!)) is { } own)
        {
            fault = $"is this host itself, which listens on {own}. Name another site, or listen elsewhere with --urls.";
        }

        if (fault is not null)
        {
            faults.Add(given.Where, $"\"{given.Text}\" {fault}");
            return null;
        }

        return site;
    }

    private static bool IsSame(BindingAddress own, Uri site)
    {
        if (own.IsUnixPipe || own.IsNamedPipe || own.Port != site.Port)
        {
            return false;
        }

        bool siteIsLocal = site.IsLoopback || site.Host.Equals(Dns.GetHostName(), StringComparison.OrdinalIgnoreCase);
        return own.Host.Equals(site.Host, StringComparison.OrdinalIgnoreCase)
            || (siteIsLocal && (_anyAddress.Contains(own.Host) || own.Host.Equals("localhost", StringComparison.OrdinalIgnoreCase)));
    }
}
