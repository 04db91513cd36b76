using IsapiHost.Diagnostics;
using IsapiHost.Extensions;
using IsapiHost.Interop.Abi;
using IsapiHost.Modules;
using IsapiHost.Requests;
using IsapiHost.Responses;
using IsapiHost.Threading;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace IsapiHost.Filters;

/// <summary>What the connections and requests of one application share on their way through filters.</summary>
internal sealed class FilterHost : IDisposable
{
    // A block is one piece of memory.
    private const long MostBytesRead = 1L << 30;

    private readonly IsapiOptions _options;
    private readonly IsapiModules _modules;
    private readonly ExtensionHost _extensions;
    private readonly Lazy<ExtensionThreadPool> _eventThreads;
    private int _sessions;

    public FilterHost(IOptions<IsapiOptions> options, IsapiModules modules, ExtensionHost extensions, ILoggerFactory loggers)
    {
        _options = options.Value;
        _modules = modules;
        _extensions = extensions;
        _eventThreads = new(() => new ExtensionThreadPool(_options.Threads.Limit, _options.Threads.QueueLimit)
        {
            ThreadRefused = extensions.Log.ThreadRefused,
        });
        Log = new FilterLog(loggers.CreateLogger("IsapiHost.Filters"));
        ResponseSettings = extensions.ResponseSettings with { BufferLimit = FilterAnswer.HeldBytes, StrictKeepConnection = false };
    }

    /// <summary>The loaded filters; null before <see cref="Load"/> and when there are none.</summary>
    public FilterChain? Chain { get; private set; }

    /// <summary>Whether filters are configured, loaded or not.</summary>
    public bool HasFilters => _options.Filters.Count > 0;

    public SiteSettings Site => _extensions.Site;

    public FilterLog Log { get; }

    /// <summary>For responses that filters give.</summary>
    public ResponseSettings ResponseSettings { get; }

    /// <summary>Bytes from AllocMem for one filter on one connection, from which on the connection ends with its request.</summary>
    public long MemoryLimit => _options.Filtering.MemoryLimit;

    /// <summary>Bytes that filters may collect by READ_NEXT.</summary>
    public long ReadLimit => Math.Min(_options.Filtering.ReadLimit, MostBytesRead);

    public int SiteId => _options.Site.Id;

    /// <summary>Whether OpenThreadToken of a filter finds a token (Windows).</summary>
    public bool GivesThreadToken => _extensions.GivesThreadToken;

    /// <summary>For what comes before the handler; an extension that takes the request runs on the same thread.</summary>
    public ExtensionThreadPool Threads => _extensions.Threads;

    /// <summary>
    /// For what comes while an answer is in progress and must not wait for an extension thread, since all of those may be waiting for their
    /// answers.
    /// </summary>
    public ExtensionThreadPool EventThreads => _eventThreads.Value;

    /// <summary>The Server header that the host adds in place of the server, so that filters can see and remove it; null for none.</summary>
    public string? ServerHeader { get; set; }

    /// <summary>Connections that filters know.</summary>
    public int SessionCount => Volatile.Read(ref _sessions);

    /// <summary>Loads the configured filters.</summary>
    /// <exception cref="ModuleLoadException">One cannot be loaded. Filters guard sites, so nothing is served without one of them.</exception>
    public void Load()
    {
        if (Chain is null && HasFilters)
        {
            var modules = _options.Filters.Select(_modules.LoadFilter).Distinct().ToArray();
            Chain = new FilterChain(modules, _options.Filtering.WithoutPriorityFirst);
            Site.UrlMapsAreFiltered = Chain.Wants(SF_NOTIFY.URL_MAP);
        }
    }

    public void SessionOpened() => Interlocked.Increment(ref _sessions);

    public void SessionClosed() => Interlocked.Decrement(ref _sessions);

    /// <summary>Ends the threads of notifications; false if one is not over in time.</summary>
    public bool EndThreads(TimeSpan limit) => !_eventThreads.IsValueCreated || _eventThreads.Value.End(limit);

    public void Dispose()
    {
        if (_eventThreads.IsValueCreated)
        {
            _eventThreads.Value.Dispose();
        }
    }
}
