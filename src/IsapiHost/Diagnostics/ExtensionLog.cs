using Microsoft.Extensions.Logging;

namespace IsapiHost.Diagnostics;

/// <summary>What the host reports about extensions. Event ids are stable; a retired one is never used again.</summary>
internal sealed partial class ExtensionLog(ILogger logger)
{
    private readonly ILogger _logger = logger;

    [LoggerMessage(1, LogLevel.Error, "{Callback}, called by {Module}, failed in the host.")]
    public partial void CallbackFailed(Exception exception, string callback, string module);

    [LoggerMessage(2, LogLevel.Warning, "A request was refused with 503: {ThreadLimit} extension threads are busy (Threads:Limit) and {QueueLimit} requests wait (Threads:QueueLimit).")]
    public partial void QueueFull(int threadLimit, int queueLimit);

    [LoggerMessage(3, LogLevel.Warning, "A request was refused with 503: {Limit} requests are in extensions, as many as there are connection ids.")]
    public partial void NoConnectionId(int limit);

    [LoggerMessage(4, LogLevel.Error, "{Module} ended the thread that ran its HttpExtensionProc; the client gets 500 and a new thread takes its place.")]
    public partial void ThreadLost(string module);

    [LoggerMessage(5, LogLevel.Warning, "{Method} {Path} was abandoned: {Module} did not finish it before the host had to stop (ShutdownTimeout).")]
    public partial void Abandoned(string method, string? path, string module);

    // 7 is retired.

    [LoggerMessage(8, LogLevel.Error, "{Module} reports that this process is unhealthy: {Reason}. Restart it; IIS would.")]
    public partial void Unhealthy(string module, string reason);

    [LoggerMessage(9, LogLevel.Warning, "{Method} {Path} has been in {Module} for more than {Seconds} s (RequestTimeWarning).")]
    public partial void TakesLong(string method, string? path, string module, double seconds);

    [LoggerMessage(40, LogLevel.Warning, "{Module} promised {Declared} bytes (Content-Length) to {Method} {Path} and wrote {Sent}: the connection was closed.")]
    public partial void BodyTooShort(string module, string method, string? path, long declared, long sent);

    [LoggerMessage(41, LogLevel.Warning, "{Module} sent malformed or unfinished chunks (Transfer-Encoding) to {Method} {Path}: the connection was closed.")]
    public partial void ChunksBroken(string module, string method, string? path);

    [LoggerMessage(42, LogLevel.Error, "{Method} {Path} got 500: its body cannot be kept in {Folder} (SpoolChunkedUploads): {Reason}")]
    public partial void NotSpooled(string method, string? path, string folder, string reason);

    [LoggerMessage(30, LogLevel.Warning, "{Module} broke a rule of ISAPI: {Violation}. Further ones of the kind are not logged.")]
    public partial void Violated(string module, string violation);

    [LoggerMessage(31, LogLevel.Error, "No trace can be written to {Folder}: {Reason} Further failures are not logged.")]
    public partial void TraceNotWritten(string folder, string reason);

    [LoggerMessage(32, LogLevel.Error, "The trace sink {Sink} failed.")]
    public partial void TraceSinkFailed(Exception exception, string sink);

    [LoggerMessage(12, LogLevel.Warning,
        "The system refuses more threads; {Threads} run extensions now. A limit of this user or container (ulimit -u, pids) is below "
        + "Threads:Limit. Requests wait meanwhile; this is not logged again.")]
    public partial void ThreadRefused(int threads);

    [LoggerMessage(20, LogLevel.Error, "The child request {Method} {Url}, started by {Module}, failed; the extension is told so (status 500).")]
    public partial void ChildFailed(Exception exception, string method, string url, string module);
}
