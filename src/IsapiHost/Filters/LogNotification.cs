using IsapiHost.Diagnostics;
using IsapiHost.Interop;
using IsapiHost.Interop.Abi;
using IsapiHost.Mapping;

namespace IsapiHost.Filters;

/// <summary>LOG: what is to be logged, shown to filters in HTTP_FILTER_LOG and taken back as they left it.</summary>
internal static unsafe class LogNotification
{
    public static void Fill(HTTP_FILTER_LOG* log, RequestLogEntry entry, FilterRequest request, NativeStrings strings)
    {
        entry.Complete();
        var context = request.Context;
        var path = RequestTarget.WithoutQuery(entry.Url);
        log->pszClientHostName = strings.Add(entry.Client);
        log->pszClientUserName = strings.Add(entry.User);
        log->pszServerName = strings.Add(context.Connection.LocalIpAddress?.ToString());
        log->pszOperation = strings.Add(entry.Method);
        log->pszTarget = strings.Add(path);
        log->pszParameters = strings.Add(path.Length < entry.Url.Length ? entry.Url.AsSpan(path.Length + 1) : default);
        log->dwHttpStatus = (uint)entry.Status;
        log->dwWin32Status = (uint)(context.RequestAborted.IsCancellationRequested ? Win32Error.NETNAME_DELETED : Win32Error.SUCCESS);
        log->dwBytesSent = (uint)Math.Min(entry.BytesSent, uint.MaxValue);
        log->dwBytesRecvd = (uint)Math.Min(context.Request.ContentLength ?? 0, uint.MaxValue);
        log->msTimeForProcessing = (uint)Math.Min(entry.Milliseconds, uint.MaxValue);
    }

    public static void Read(HTTP_FILTER_LOG* log, RequestLogEntry entry, FilterRequest request)
    {
        var query = Text(log->pszParameters, request);
        entry.Client = Text(log->pszClientHostName, request);
        entry.User = Text(log->pszClientUserName, request);
        entry.Method = Text(log->pszOperation, request);
        entry.Url = query.Length == 0 ? Text(log->pszTarget, request) : $"{Text(log->pszTarget, request)}?{query}";
        entry.Status = (int)Math.Min(log->dwHttpStatus, int.MaxValue);
        entry.BytesSent = log->dwBytesSent;
        entry.Milliseconds = log->msTimeForProcessing;
    }

    // Without control characters: a line end would forge a line of the log.
    private static string Text(byte* text, FilterRequest request) =>
        string.Concat(request.Site.AnsiEncoding.GetString(NativeString.Read(text, NativeString.MaxText)).Where(c => !char.IsControl(c)));
}
