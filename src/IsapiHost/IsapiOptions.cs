using System.Text;

namespace IsapiHost;

/// <summary>
/// What an ISAPI host serves and the limits it keeps; section <c>Isapi</c> of the configuration, whose names are those of the properties here.
/// Relative paths start at the application's content root. Read once, when the application starts, and validated then.
/// </summary>
public sealed class IsapiOptions : IOptionGroup
{
    /// <summary>
    /// The URLs that native extensions answer, the first match wins. See <see cref="HandlerMapping.Parse"/>. Configuration has two lists for them:
    /// <c>Dlls</c> (a file answers at <c>/FILENAME</c>) and <c>Maps</c> (<c>PATTERN=PATH</c>), those of <c>Dlls</c> first.
    /// </summary>
    public IList<HandlerMapping> Handlers { get; } = [];

    /// <summary>
    /// The files of ISAPI filters, in load order; IIS: <c>isapiFilters</c>. They take effect with <c>app.UseIsapiFilters()</c>.
    /// </summary>
    public IList<string> Filters { get; } = [];

    /// <summary>The folder that <c>/</c> maps to: PATH_TRANSLATED, HSE_REQ_MAP_URL_TO_PATH. Null, the default, is the content root.</summary>
    public string? Root { get; set; }

    /// <summary>
    /// Further folders, by URL prefix: <c>/images</c> → <c>D:\pictures</c>. The longest prefix wins, compared without case at segment borders;
    /// IIS: <c>virtualDirectory@path</c> and <c>@physicalPath</c>. Only mapping uses them, no files are served from them.
    /// </summary>
    public IDictionary<string, string> VirtualDirectories { get; } = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);

    /// <summary>
    /// The pages of HSE_REQ_SEND_CUSTOM_ERROR, by status (<c>404</c>) or status and sub-status (<c>404.2</c>, which is preferred):
    /// a URL of this server if it begins with <c>/</c>, else a file, absolute or relative to the content root; an absolute path of Linux is
    /// written <c>file:///srv/errors/404.html</c>. IIS: <c>httpErrors</c>. Without a page the extension is told to send its own.
    /// </summary>
    public IDictionary<string, string> ErrorPages { get; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>
    /// Whether PATH_INFO of a script map (<c>*.abc</c>) is only what follows the script, as CGI programs expect, instead of the whole path;
    /// IIS: <c>AllowPathInfoForScriptMappings</c>. Off by default, as there.
    /// </summary>
    public bool AllowPathInfoForScriptMappings { get; set; }

    /// <summary>
    /// The code page of the ANSI strings that pass between host and extension (server variables, paths), such as 1252, or 65001 for UTF-8.
    /// Null: the system's ANSI code page on Windows, as on IIS, and UTF-8 elsewhere. The UNICODE_ variables do not depend on it.
    /// </summary>
    [Bounds(1, 65_535)]
    public int? AnsiCodePage { get; set; }

    /// <summary>
    /// Whether server variables (HTTP_PROXY, HEADER_Proxy, ALL_HTTP, ALL_RAW) show the client's <c>Proxy</c> header. Off by default: a module that
    /// runs CGI programs would hand it on as the environment variable HTTP_PROXY, which libraries take for the proxy to use (httpoxy).
    /// </summary>
    public bool PresentProxyHeader { get; set; }

    /// <summary>
    /// How the server made strings of the bytes of request headers, so that extensions get the same bytes back: UTF-8 by default. Set it to
    /// Latin-1 together with Kestrel's <c>RequestHeaderEncodingSelector</c>.
    /// </summary>
    public Encoding RequestHeaderEncoding { get; set; } = Encoding.UTF8;

    /// <summary>
    /// The ISAPI version that extensions are told in <c>EXTENSION_CONTROL_BLOCK.dwVersion</c>: 8.0 by default, as in the current HttpExt.h.
    /// </summary>
    public Version InterfaceVersion { get; set; } = new(8, 0);

    /// <summary>
    /// A request that is in an extension for longer than this gets one warning in the log, with its URL and module; nothing is done to it. Zero,
    /// the default, is off. The time counts from the call of HttpExtensionProc until the request is over, HSE_STATUS_PENDING included. IIS has no
    /// such setting, but lists such requests (<c>appcmd list requests</c>).
    /// </summary>
    [Bounds(0, BoundsAttribute.LongestTime)]
    public TimeSpan RequestTimeWarning { get; set; }

    /// <summary>
    /// How long running requests may go on after the host was asked to stop; 30 seconds by default. IIS: <c>processModel@shutdownTimeLimit</c>.
    /// </summary>
    [Bounds(0, BoundsAttribute.LongestTime - 60)]
    public TimeSpan ShutdownTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>What extensions are told about the site and the server.</summary>
    public IsapiSiteOptions Site { get; } = new();

    /// <summary>Request bodies.</summary>
    public IsapiUploadOptions Uploads { get; } = new();

    /// <summary>Responses.</summary>
    public IsapiResponseOptions Responses { get; } = new();

    /// <summary>The threads that run native code.</summary>
    public IsapiThreadOptions Threads { get; } = new();

    /// <summary>Limits and order of filters; the filters themselves are in <see cref="Filters"/>.</summary>
    public IsapiFilterOptions Filtering { get; } = new();

    /// <summary>Files with every native call.</summary>
    public IsapiTracingOptions Tracing { get; } = new();

    /// <summary>The watch for what a correct extension never does.</summary>
    public IsapiViolationOptions Violations { get; } = new();

    /// <summary>Whether modules are taken out of memory at the end, where that is certain to harm nobody: for processes that go on to other hosts.</summary>
    internal bool UnloadModules { get; set; }
}
