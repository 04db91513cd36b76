using IsapiHost.Filters.Raw;
using IsapiHost.Interop;
using IsapiHost.Interop.Abi;
using Microsoft.AspNetCore.Http;

namespace IsapiHost.Filters;

/// <summary>
/// The filters of one connection, from its first notification to END_OF_NET_SESSION. A connection of HTTP/1 has one session; on HTTP/2 and
/// HTTP/3 each stream has its own, so that filters never see two requests at once.
/// </summary>
internal sealed class FilterSession
{
    private static readonly Func<object, FilterOutcome> s_end = static state => ((FilterSession)state).NotifyEnd();

    private readonly FilterContext?[] _contexts;
    private readonly FilterRequest _request;
    private readonly NotificationWorkItem _call;

    private int _wantsClose;

    private FilterSession(FilterHost host, FilterSubscriptions port)
    {
        Host = host;
        Port = port;
        _contexts = new FilterContext?[port.Filters.Length];
        _call = new NotificationWorkItem(host);
        ThreadLost = Abort;
        _request = new FilterRequest(this);
    }

    public FilterHost Host { get; }

    public FilterSubscriptions Port { get; }

    /// <summary>The request that filters see now, or null between two.</summary>
    public FilterRequest? Request { get; private set; }

    /// <summary>Counts the requests of the connection.</summary>
    public int RequestNumber { get; private set; }

    /// <summary>For a thread that a filter ends inside a notification.</summary>
    public Action ThreadLost { get; }

    /// <summary>The bytes of the connection; null when no filter wants them.</summary>
    public RawConnection? Raw { get; set; }

    /// <summary>Whether the connection is to be closed after the next response that can say so.</summary>
    public bool WantsClose => Volatile.Read(ref _wantsClose) != 0;

    /// <summary>Whether the session ends with its request.</summary>
    public bool IsOfOneRequest { get; set; }

    /// <summary>A session, or null when the process has no filter contexts left.</summary>
    public static FilterSession? Open(FilterHost host, FilterSubscriptions port)
    {
        var session = new FilterSession(host, port);
        host.SessionOpened();
        var mask = port.IsSecure ? SF_NOTIFY.SECURE_PORT : SF_NOTIFY.NONSECURE_PORT;
        for (var i = 0; i < session._contexts.Length; i++)
        {
            if ((port.Filters[i].Flags & mask) == 0)
            {
                continue;
            }

            if (FilterContextTable.Rent() is not { } context)
            {
                host.Log.NoContext(ConnectionId.MaxSlots);
                session.Close();
                return null;
            }

            context.Open(session, i);
            session._contexts[i] = context;
        }

        return session;
    }

    public FilterRequest Begin(HttpContext context)
    {
        foreach (var filter in _contexts)
        {
            filter?.Disabled = 0;
        }

        _request.Initialize(context);
        RequestNumber++;
        Request = _request;
        return _request;
    }

    public void EndRequest()
    {
        Request = null;
        _request.Reset();
    }

    /// <summary>Raises a notification, on the calling thread, for the filters that want it, until one of them ends it.</summary>
    /// <param name="notification">An SF_NOTIFY_* value.</param>
    /// <param name="data">The notification's structure.</param>
    /// <param name="by">The filter that ended it; null when none did.</param>
    public unsafe FilterOutcome Notify(uint notification, void* data, out FilterContext? by)
    {
        by = null;
        foreach (var position in Port[notification] ?? [])
        {
            if (_contexts[position] is not { } context || (context.Disabled & notification) != 0)
            {
                continue;
            }

            var status = context.Notify(notification, data);
            if (status == SF_STATUS.REQ_NEXT_NOTIFICATION)
            {
                continue;
            }

            var outcome = Judge(context, notification, status, out var endsNotification);
            if (endsNotification)
            {
                by = context;
                return outcome;
            }
        }

        return FilterOutcome.Continue;
    }

    /// <summary>The context of a filter, null when the filter does not want connections of this kind.</summary>
    public FilterContext? ContextAt(int position) => _contexts[position];

    /// <summary>What a status means, and whether the filters behind do not get the notification any more.</summary>
    public FilterOutcome Judge(FilterContext context, uint notification, uint status, out bool endsNotification)
    {
        endsNotification = true;
        var canEndRequest = notification is not (SF_NOTIFY.LOG or SF_NOTIFY.END_OF_REQUEST or SF_NOTIFY.END_OF_NET_SESSION);
        switch (status)
        {
            case SF_STATUS.REQ_HANDLED_NOTIFICATION:
                return FilterOutcome.Continue;
            case SF_STATUS.REQ_FINISHED when canEndRequest:
                return FilterOutcome.Finished;
            case SF_STATUS.REQ_FINISHED_KEEP_CONN when canEndRequest:
                return FilterOutcome.FinishedKeepConnection;
            case SF_STATUS.REQ_ERROR when canEndRequest:
                return FilterOutcome.Error;
            case SF_STATUS.REQ_READ_NEXT when notification == SF_NOTIFY.READ_RAW_DATA:
                return FilterOutcome.ReadNext;
            case SF_STATUS.REQ_NEXT_NOTIFICATION or SF_STATUS.REQ_FINISHED or SF_STATUS.REQ_FINISHED_KEEP_CONN or SF_STATUS.REQ_ERROR:
                break;
            default:
                if (context.Filter.IsFirstUnknownStatus())
                {
                    Host.Log.UnknownStatus(context.Filter.Path, status, NotificationName.Of(notification));
                }

                break;
        }

        endsNotification = false;
        return FilterOutcome.Continue;
    }

    /// <summary>Runs notifications of the request on an extension thread; one call at a time.</summary>
    /// <param name="notify">The notifications.</param>
    /// <param name="state">Their argument.</param>
    /// <param name="isFirst">True for those before the handler; later ones must not be refused, nor wait for threads that wait for the answer.</param>
    public ValueTask<FilterOutcome> CallAsync(Func<object, FilterOutcome> notify, object state, bool isFirst) =>
        _call.RunAsync(isFirst ? Host.Threads : Host.EventThreads, notify, state, stay: isFirst, admitted: !isFirst);

    /// <summary>A filter has taken as much memory as it may on one connection, which gives it back by ending.</summary>
    public void CloseAfterResponse(FilterContext context, long bytes)
    {
        if (Interlocked.Exchange(ref _wantsClose, 1) == 0)
        {
            Host.Log.MemoryLimit(context.Filter.Path, bytes, Host.MemoryLimit);
        }
    }

    /// <summary>The connection is over.</summary>
    public async Task EndAsync()
    {
        if (Port.Wants(SF_NOTIFY.END_OF_NET_SESSION))
        {
            await CallAsync(s_end, this, isFirst: false);
        }

        Close();
    }

    // What the lost thread was about to do on the connection will never be done. The filters are inside of no notification any more.
    private void Abort()
    {
        Host.Log.ThreadLost();
        foreach (var context in _contexts)
        {
            context?.LeaveNotification();
        }

        Request?.Abort();
        Raw?.Close(FilterOutcome.Error);
    }

    private unsafe FilterOutcome NotifyEnd()
    {
        Notify(SF_NOTIFY.END_OF_NET_SESSION, null, out _);
        return FilterOutcome.Continue;
    }

    private void Close()
    {
        foreach (ref var context in _contexts.AsSpan())
        {
            context?.Close();
            context = null;
        }

        Host.SessionClosed();
    }
}
