using System.Globalization;
using System.Text;
using IsapiHost.Mapping;

namespace IsapiHost.Requests;

/// <summary>What server variables say about the host itself; the same for every request, so computed once.</summary>
internal sealed class SiteSettings
{
    public SiteSettings(IsapiOptions options)
    {
        UrlMap = new UrlMap(options);
        UnfilteredUrls = new UrlMapper(UrlMap, filter: null);
        AllowPathInfoForScriptMappings = options.AllowPathInfoForScriptMappings;
        AnsiEncoding = Requests.AnsiEncoding.Create(options.AnsiCodePage);
        UrlDecoder = new UrlDecoder(AnsiEncoding);
        RequestHeaderEncoding = options.RequestHeaderEncoding;
        PresentsProxyHeader = options.PresentProxyHeader;

        InstanceId = options.Site.Id.ToString(CultureInfo.InvariantCulture);
        InstanceName = options.Site.Name;
        InstanceMetaPath = "/LM/W3SVC/" + InstanceId;
        ApplicationMetaPath = InstanceMetaPath + "/ROOT";
        ApplicationPool = options.Site.ApplicationPool;
        ServerSoftware = options.Site.ServerSoftware;
        DocumentRoot = UrlMap.Map("") ?? UrlMap.Root;
        ApplicationPhysicalPath = UrlMap.Root + UrlMap.Separator;
    }

    public UrlMap UrlMap { get; }

    /// <summary>For requests of which no filter wants URL_MAP.</summary>
    public UrlMapper UnfilteredUrls { get; }

    /// <summary>How paths of URLs become text.</summary>
    public UrlDecoder UrlDecoder { get; }

    /// <summary>Whether a filter may have a say in mappings; see <see cref="IUrlMapFilter"/>. Set once, before the first request.</summary>
    public bool UrlMapsAreFiltered { get; set; }

    public bool AllowPathInfoForScriptMappings { get; }

    /// <summary>Whether native code sees the client's <c>Proxy</c> header.</summary>
    public bool PresentsProxyHeader { get; }

    /// <summary>The encoding of ANSI strings that pass between the host and native code.</summary>
    public Encoding AnsiEncoding { get; }

    /// <summary>How Kestrel made strings of the bytes of request headers.</summary>
    public Encoding RequestHeaderEncoding { get; }

    public string InstanceId { get; }

    public string InstanceName { get; }

    public string InstanceMetaPath { get; }

    public string ApplicationMetaPath { get; }

    public string ApplicationPool { get; }

    public string ServerSoftware { get; }

    /// <summary>The root folder, without a trailing separator.</summary>
    public string DocumentRoot { get; }

    /// <summary>The root folder, with a trailing separator.</summary>
    public string ApplicationPhysicalPath { get; }
}
