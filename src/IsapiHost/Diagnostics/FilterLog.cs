using Microsoft.Extensions.Logging;

namespace IsapiHost.Diagnostics;

/// <summary>What the host reports about filters. Event ids are stable; a retired one is never used again.</summary>
internal sealed partial class FilterLog(ILogger logger)
{
    private readonly ILogger _logger = logger;

    [LoggerMessage(200, LogLevel.Error, "{Callback}, called by {Filter}, failed in the host.")]
    public partial void CallbackFailed(Exception exception, string callback, string filter);

    [LoggerMessage(201, LogLevel.Error, "A filter notification failed in the host.")]
    public partial void NotificationFailed(Exception exception);

    [LoggerMessage(202, LogLevel.Warning, "A request was refused with 503 before its filters: {ThreadLimit} extension threads are busy (Threads:Limit) and {QueueLimit} requests wait (Threads:QueueLimit).")]
    public partial void QueueFull(int threadLimit, int queueLimit);

    [LoggerMessage(203, LogLevel.Error, "A filter ended the thread that ran its HttpFilterProc; the request is aborted and a new thread takes its place.")]
    public partial void ThreadLost();

    [LoggerMessage(204, LogLevel.Warning, "{Filter} returned {Status:X8} from {Notification}, which is no SF_STATUS_REQ_ value there; it is taken as SF_STATUS_REQ_NEXT_NOTIFICATION. Further ones are not logged.")]
    public partial void UnknownStatus(string filter, uint status, string notification);

    [LoggerMessage(205, LogLevel.Warning, "{Filter} asked for raw data, which does not exist on HTTP/2 and HTTP/3: of such connections it sees the other notifications only.")]
    public partial void NoRawData(string filter);

    [LoggerMessage(206, LogLevel.Warning, "A connection was refused: {Limit} filter contexts are in use, as many as there are ids.")]
    public partial void NoContext(int limit);

    [LoggerMessage(207, LogLevel.Warning, "{Filter} aborted {Notification} of {Method} {Path} with SF_STATUS_REQ_ERROR, last error {LastError}.")]
    public partial void Aborted(string filter, string notification, string method, string? path, uint lastError);

    [LoggerMessage(208, LogLevel.Warning, "A connection was closed: a filter collected {Size} bytes with SF_STATUS_REQ_READ_NEXT, more than Filtering:ReadLimit.")]
    public partial void ReadLimit(long size);

    [LoggerMessage(209, LogLevel.Warning, "A connection is closed after its response: {Filter} has taken {Size} bytes by AllocMem on it, more than Filtering:MemoryLimit ({Limit}). They are given back when the connection ends.")]
    public partial void MemoryLimit(string filter, long size, long limit);
}
