using System.Text;
using IsapiHost.Extensions.Children;
using IsapiHost.Tracing;

namespace IsapiHost;

/// <summary>What an ISAPI host serves and the limits it keeps; section <c>Isapi</c> of the configuration.</summary>
public sealed class IsapiOptions
{
    /// <summary>The URLs that native extensions answer, the first match wins. See <see cref="HandlerMapping.Parse"/>.</summary>
    public IList<HandlerMapping> Handlers { get; } = [];

    /// <summary>
    /// The files of ISAPI filters, in load order; IIS: <c>isapiFilters</c>. They take effect with <c>app.UseIsapiFilters()</c>.
    /// </summary>
    public IList<string> Filters { get; } = [];

    /// <summary>
    /// Whether filters that ask for no priority come before all others, as on IIS 4, instead of counting as low ones. Off by default.
    /// </summary>
    public bool FiltersWithoutPriorityFirst { get; set; }

    /// <summary>
    /// Bytes that AllocMem may give one filter on one connection, freed only when the connection ends; beyond it AllocMem gives NULL.
    /// 16 MiB by default: filters that allocate for each request would fill the memory on a connection that stays.
    /// </summary>
    public int FilterMemoryLimit { get; set; } = 16 * 1024 * 1024;

    /// <summary>
    /// Bytes that READ_RAW_DATA filters may collect with SF_STATUS_REQ_READ_NEXT before the connection is closed; 4 MiB by default.
    /// </summary>
    public int FilterReadLimit { get; set; } = 4 * 1024 * 1024;

    /// <summary>The folder that <c>/</c> maps to: PATH_TRANSLATED, HSE_REQ_MAP_URL_TO_PATH. The current folder by default.</summary>
    public string RootPath { get; set; } = Directory.GetCurrentDirectory();

    /// <summary>
    /// Further folders, by URL prefix: <c>/images</c> → <c>D:\pictures</c>. The longest prefix wins, compared without case at segment borders;
    /// IIS: <c>virtualDirectory@path</c> and <c>@physicalPath</c>. Only mapping uses them, no files are served from them.
    /// </summary>
    public IDictionary<string, string> VirtualDirectories { get; } = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);

    /// <summary>
    /// The pages of HSE_REQ_SEND_CUSTOM_ERROR, by status (<c>404</c>) or status and sub-status (<c>404.2</c>, which is preferred):
    /// a URL of this server if it begins with <c>/</c>, else a file, absolute or relative to the current folder; an absolute path of Linux is
    /// written <c>file:///srv/errors/404.html</c>. IIS: <c>httpErrors</c>. Without a page the extension is told to send its own.
    /// </summary>
    public IDictionary<string, string> ErrorPages { get; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>
    /// Whether PATH_INFO of a script map (<c>*.abc</c>) is only what follows the script, as CGI programs expect, instead of the whole path;
    /// IIS: <c>AllowPathInfoForScriptMappings</c>. Off by default, as there.
    /// </summary>
    public bool AllowPathInfoForScriptMappings { get; set; }

    /// <summary>The number of the site: INSTANCE_ID, INSTANCE_META_PATH, APPL_MD_PATH; IIS: <c>site@id</c>. 1 by default.</summary>
    public int SiteId { get; set; } = 1;

    /// <summary>The name of the site: INSTANCE_NAME; IIS: <c>site@name</c>. <c>Default Web Site</c> by default.</summary>
    public string SiteName { get; set; } = "Default Web Site";

    /// <summary>The name of the application pool: APP_POOL_ID; IIS: <c>application@applicationPool</c>. <c>DefaultAppPool</c> by default.</summary>
    public string ApplicationPoolName { get; set; } = "DefaultAppPool";

    /// <summary>
    /// SERVER_SOFTWARE, <c>IsapiHost/</c> and the version by default. Some extensions refuse to work without <c>Microsoft-IIS/10.0</c>.
    /// </summary>
    public string ServerSoftware { get; set; } = $"IsapiHost/{typeof(IsapiOptions).Assembly.GetName().Version?.ToString(2)}";

    /// <summary>
    /// The code page of the ANSI strings that pass between host and extension (server variables, paths), such as 1252, or 65001 for UTF-8.
    /// Unset: the system's ANSI code page on Windows, as on IIS, and UTF-8 elsewhere. The UNICODE_ variables do not depend on it.
    /// </summary>
    public int? AnsiCodePage { get; set; }

    /// <summary>
    /// How the server made strings of the bytes of request headers, so that extensions get the same bytes back: UTF-8 by default. Set it to
    /// Latin-1 together with Kestrel's <c>RequestHeaderEncodingSelector</c>.
    /// </summary>
    public Encoding RequestHeaderEncoding { get; set; } = Encoding.UTF8;

    /// <summary>
    /// Bytes of a request body that an extension finds at <c>lpbData</c> before it calls ReadClient;
    /// IIS: <c>serverRuntime@uploadReadAheadSize</c>, 49,152 by default. At least 1: some frameworks read nothing at all otherwise.
    /// </summary>
    public int UploadReadAheadSize { get; set; } = 49_152;

    /// <summary>
    /// The largest request body that an extension gets, in bytes; a larger one is answered with 413. IIS:
    /// <c>requestFiltering/requestLimits@maxAllowedContentLength</c>. 30,000,000 by default, as there; null is no limit. It takes the place of
    /// Kestrel's own limit for requests to extensions, except at an endpoint with a limit of its own (<c>RequestSizeLimitAttribute</c>).
    /// </summary>
    public long? MaxRequestBodySize { get; set; } = 30_000_000;

    /// <summary>
    /// Whether a request body that comes without a length (chunked) is read completely before the extension is called, up to 65,536 bytes in
    /// memory and more in a temporary file, so that <c>cbTotalBytes</c> is its true length. Off by default: the extension is called with the
    /// length 0xFFFFFFFF, which Delphi's WebBroker among others cannot read. IIS has no such option.
    /// </summary>
    public bool SpoolChunkedUploads { get; set; }

    /// <summary>The largest body that <see cref="SpoolChunkedUploads"/> takes, in bytes; a larger one is answered with 413. 30,000,000 by default.</summary>
    public long SpoolLimit { get; set; } = 30_000_000;

    /// <summary>
    /// The bytes per second below which a client that sends a body is given up, after a grace of 5 seconds (HTTP/1.1 only). Null, the default,
    /// leaves it to Kestrel (240, <c>KestrelServerLimits.MinRequestBodyDataRate</c>); 0 waits for ever. IIS: <c>webLimits@minBytesPerSecond</c>.
    /// </summary>
    public int? MinRequestBodyDataRate { get; set; }

    /// <summary>
    /// The same for a client that takes the answer: HTTP/1.1 only, null leaves it to Kestrel (240, <c>KestrelServerLimits.MinResponseDataRate</c>),
    /// 0 waits for ever. IIS: <c>webLimits@minBytesPerSecond</c>.
    /// </summary>
    public int? MinResponseDataRate { get; set; }

    /// <summary>
    /// The ISAPI version that extensions are told in <c>EXTENSION_CONTROL_BLOCK.dwVersion</c>: 8.0 by default, as in the current HttpExt.h.
    /// </summary>
    public Version InterfaceVersion { get; set; } = new(8, 0);

    /// <summary>How many extension threads may run native code at once; 256 by default.</summary>
    public int ThreadLimit { get; set; } = 256;

    /// <summary>How many requests may wait for an extension thread before the next one is answered with 503; 1,000 by default.</summary>
    public int QueueLimit { get; set; } = 1_000;

    /// <summary>
    /// A request that is in an extension for longer than this gets one warning in the log, with its URL and module; nothing is done to it. Null, the
    /// default, is off. The time counts from the call of HttpExtensionProc until the request is over, HSE_STATUS_PENDING included. IIS has no such
    /// setting, but lists such requests (<c>appcmd list requests</c>).
    /// </summary>
    public TimeSpan? RequestTimeWarning { get; set; }

    /// <summary>How long running requests may go on after the host was asked to stop; 30 seconds by default.</summary>
    public TimeSpan ShutdownTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// Response bytes of one request that are held back, so that small writes go out together and a short answer gets a Content-Length;
    /// IIS: <c>responseBufferLimit</c>. 65,536 by default; 0 sends each write at once, as IIS 6 did.
    /// </summary>
    public int ResponseBufferLimit { get; set; } = 65_536;

    /// <summary>
    /// Whether files go from the disk to the socket inside the kernel (sendfile, TransmitFile) where nothing has to see their bytes. Null, the default:
    /// yes, but not on editions of Windows for clients, which let a file wait while two others go out that way. False is a remedy for drivers and network
    /// file systems that do this badly. IIS: always.
    /// </summary>
    public bool? KernelFileTransfer { get; set; }

    /// <summary>
    /// Whether a connection is closed whenever the extension did not ask to keep it (HSE_REQ_SEND_RESPONSE_HEADER, fKeepConn of
    /// HSE_REQ_SEND_RESPONSE_HEADER_EX), as IIS 6 did. Off by default: the answer's end is certain without that.
    /// </summary>
    public bool StrictKeepConnection { get; set; }

    /// <summary>
    /// Whether bytes that are neither a response head nor preceded by one are sent as text/html, as browsers took them from IIS 6.
    /// On by default; off sends them without a Content-Type.
    /// </summary>
    public bool TextWithoutHeadIsHtml { get; set; } = true;

    /// <summary>
    /// How long nothing may move between the host and the site of <c>UseIsapiForwarder</c>: a request that is not answered by then gets 504,
    /// a response that stands still is aborted. 100 seconds by default; zero waits for ever. Connections that were upgraded (WebSocket) may be silent.
    /// </summary>
    public TimeSpan ForwardTimeout { get; set; } = TimeSpan.FromSeconds(100);

    /// <summary>
    /// Whether the site of <c>UseIsapiForwarder</c> gets the <c>Host</c> that the client sent, as if there were nothing in front of it. On by default;
    /// off sends the site's own name, and the client's is found in <c>X-Forwarded-Host</c> only.
    /// </summary>
    public bool ForwardKeepsHost { get; set; } = true;

    /// <summary>
    /// A PEM file with the certificates that vouch for the https site of <c>UseIsapiForwarder</c>, in place of those that the system trusts: its own
    /// if it made it itself, or its issuer's. The name in it must be that of the site's URL all the same. None by default.
    /// </summary>
    public string? ForwardCertificates { get; set; }

    /// <summary>Whether forwarded requests get a <c>Via</c> header (RFC 9110, 7.6.3). Off by default.</summary>
    public bool ForwardVia { get; set; }

    /// <summary>
    /// A folder that gets a JSON file for each request to an extension, with every native call; it is created if it is missing. Null, the default,
    /// is off. Traces show what requests contain; values of Authorization, Cookie, Set-Cookie and AUTH_PASSWORD are masked.
    /// </summary>
    public string? TraceFolder { get; set; }

    /// <summary>
    /// Which requests get a file in <see cref="TraceFolder"/>: <c>status&gt;=500 || ms&gt;1000 || violation</c>. Null is all. What stands in it is
    /// described in docs/tracing.md; a wrong one is a <see cref="FormatException"/> when the host starts.
    /// </summary>
    public string? TraceWhen { get; set; }

    /// <summary>How many trace files are kept; the oldest are removed. 1,000 by default.</summary>
    public int TraceFileLimit { get; set; } = 1_000;

    /// <summary>
    /// Whether extensions are watched for what a correct one never does (docs/tracing.md), each kind logged once per module, without traces being
    /// written. Tracing does so too. Off by default: it costs as much as tracing.
    /// </summary>
    public bool DetectViolations { get; set; }

    /// <summary>
    /// How long HttpExtensionProc may neither return nor call the host before that is the violation <c>extension-thread-blocked</c>; 10 seconds by
    /// default. Counts while violations are looked for.
    /// </summary>
    public TimeSpan ViolationBlockedTime { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// How long a pending request may be left alone, without a call of the extension and without an asynchronous operation, before that is the
    /// violation <c>session-never-finished</c>; 5 minutes by default, zero is for ever, as on IIS. Counts while violations are looked for; a request
    /// that is still pending when the host stops is found in any case.
    /// </summary>
    public TimeSpan ViolationPendingTime { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>
    /// Over how many requests to one module the process must grow to be found guilty of <c>resource-growth</c>; 1,000 by default, 100 at least, 0 is
    /// off. Counts while violations are looked for, and only requests during which no other module was called.
    /// </summary>
    public int ViolationGrowthRequests { get; set; } = 1_000;
}
