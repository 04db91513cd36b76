using IsapiHost.Mapping;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace IsapiHost.Requests;

/// <summary>
/// What server variables read of one request. Made once and used again for later requests; <see cref="Reset"/> between them.
/// Not safe for several threads at once: native code may call from any thread, but calls of one request are taken one by one.
/// </summary>
internal sealed class RequestView
{
    private readonly MappedPath _pathTranslated = new();
    private readonly MappedPath _scriptTranslated = new();
    private HttpContext? _context;
    private SiteSettings? _site;
    private UrlMapper? _urls;
    private HandlerMatch _match;

    public bool HasRequest => _context is not null;

    /// <summary>False before <see cref="SetMapping"/>: a filter may ask when no handler is chosen yet.</summary>
    public bool IsMapped => _match.Mapping is not null;

    /// <summary>The mapping that answers; null before <see cref="SetMapping"/>.</summary>
    public HandlerMapping? Mapping => _match.Mapping;

    public HttpContext Context => _context ?? throw new InvalidOperationException("The view shows no request.");

    public SiteSettings Site => _site ?? throw new InvalidOperationException("The view shows no request.");

    /// <summary>
    /// Bytes of the body, null when unknown (chunked). The host may set a length here that was not on the wire, after it has read a short
    /// chunked body to its end.
    /// </summary>
    public long? ContentLength { get; set; }

    /// <summary>From URLs to physical paths, the filters of the request included.</summary>
    public UrlMapper Urls => _urls ?? throw new InvalidOperationException("The view shows no request.");

    /// <summary>The decoded path that was mapped; see <see cref="RequestPath"/>.</summary>
    public string Path { get; private set; } = "";

    public ReadOnlySpan<char> ScriptName => _match.ScriptName(Path);

    public ReadOnlySpan<char> ExtraPath => _match.ExtraPath(Path);

    public ReadOnlySpan<char> PathInfo => _match.PathInfo(Path, Site.AllowPathInfoForScriptMappings);

    /// <summary>
    /// The physical path of PATH_INFO; with a script map in IIS' form that of the script itself, which is what script engines open.
    /// Empty when the URL cannot be a path here.
    /// </summary>
    public ReadOnlySpan<char> PathTranslated =>
        _match.Kind == HandlerMappingKind.Script && !Site.AllowPathInfoForScriptMappings
            ? ScriptTranslated
            : _pathTranslated.Get(Urls, PathInfo);

    /// <summary>The physical path of SCRIPT_NAME.</summary>
    public ReadOnlySpan<char> ScriptTranslated => _scriptTranslated.Get(Urls, ScriptName);

    public void Initialize(HttpContext context, SiteSettings site)
    {
        Reset();
        _context = context;
        _site = site;
        _urls = site.UrlMapsAreFiltered && context.Features.Get<IUrlMapFilter>() is { } filter
            ? new UrlMapper(site.UrlMap, filter)
            : site.UnfilteredUrls;
        ContentLength = BodyLength.Declared(context) ?? (CanHaveBody(context) ? null : 0);
    }

    /// <summary>Says which handler answers; again after a filter has rewritten the URL.</summary>
    public void SetMapping(string path, HandlerMatch match)
    {
        Path = path;
        _match = match;
        _pathTranslated.Clear();
        _scriptTranslated.Clear();
    }

    /// <summary>Maps what a control block needs, on a thread that may run native code where filters want to see it.</summary>
    public ValueTask MapAsync() => Urls.Filter is { } filter ? filter.RunAsync(Map) : default;

    public void Reset()
    {
        _context = null;
        _site = null;
        ContentLength = null;
        _urls = null;
        SetMapping("", default);
    }

    private void Map()
    {
        _ = PathTranslated;
        _ = ScriptTranslated;
    }

    /// <summary>Whether the server expects a body.</summary>
    public static bool CanHaveBody(HttpContext context) => context.Features.Get<IHttpRequestBodyDetectionFeature>()?.CanHaveBody ?? false;
}
