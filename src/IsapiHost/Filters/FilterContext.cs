using System.Runtime.InteropServices;
using IsapiHost.Interop;
using IsapiHost.Interop.Abi;
using IsapiHost.Modules;
using IsapiHost.Threading;

namespace IsapiHost.Filters;

/// <summary>One filter on one connection: what stands behind an HTTP_FILTER_CONTEXT. Pooled; see <see cref="FilterContextTable"/>.</summary>
internal sealed unsafe partial class FilterContext
{
    // The notification that the calling thread is inside of, and its context: the innermost one, since WriteClient raises others.
    [ThreadStatic]
    private static FilterContext? _current;

    [ThreadStatic]
    private static uint _currentNotification;

    private readonly int _slot;
    private readonly HTTP_FILTER_CONTEXT* _native;
    private readonly Lock _gate = new();
    private readonly FilterMemory _memory = new();
    private FilterSession _session = null!;
    private uint _generation;
    private uint _notification;
    private int _depth;
    private int _users;
    private bool _closed;

    public FilterContext(int slot)
    {
        _slot = slot;
        _native = (HTTP_FILTER_CONTEXT*)NativeMemory.AllocZeroed((nuint)sizeof(HTTP_FILTER_CONTEXT));
    }

    public FilterModule Filter { get; private set; } = null!;

    /// <summary>The filter's index in its chain.</summary>
    public int Position { get; private set; }

    /// <summary>Notifications that the filter does not want for the current request (SF_REQ_DISABLE_NOTIFICATIONS).</summary>
    public uint Disabled { get; set; }

    /// <summary>The last error after the last notification.</summary>
    public Win32Error LastError { get; private set; }

    /// <summary>
    /// The notification in which the filter calls; 0 for none. Bytes are read and written by several threads, so each thread has its own; what
    /// a filter calls from a thread that is inside of none belongs to the last notification that has begun.
    /// </summary>
    public uint Notification => _current == this ? _currentNotification : Volatile.Read(ref _notification);

    /// <summary>How many bytes the filter wants to see next (SF_REQ_SET_NEXT_READ_SIZE); 0 for any number.</summary>
    public int NextReadSize { get; set; }

    public void Open(FilterSession session, int position)
    {
        Filter = session.Port.Filters[position];
        Position = position;
        Disabled = 0;
        NextReadSize = 0;
        _session = session;
        _notification = 0;
        _depth = 0;
        _closed = false;
        _users = 1;
        _generation = (_generation + 1) & ConnectionId.GenerationMask;
        _native->cbSize = (uint)sizeof(HTTP_FILTER_CONTEXT);
        _native->Revision = HTTP_FILTER.REVISION;
        _native->ServerContext = (void*)new ConnectionId(_slot, _generation).Value;
        _native->ulReserved = 0;
        _native->fIsSecurePort = session.Port.IsSecure ? 1 : 0;
        _native->pFilterContext = null;
        _native->GetServerVariable = &FilterCallbacks.GetServerVariable;
        _native->AddResponseHeaders = &FilterCallbacks.AddResponseHeaders;
        _native->WriteClient = &FilterCallbacks.WriteClient;
        _native->AllocMem = &FilterCallbacks.AllocMem;
        _native->ServerSupportFunction = &FilterCallbacks.ServerSupportFunction;
    }

    /// <summary>Calls the filter, on the calling thread. Notifications nest: WriteClient inside one raises SEND_RAW_DATA.</summary>
    /// <returns>What HttpFilterProc returned.</returns>
    public uint Notify(uint notification, void* data)
    {
        var (outerContext, outerNotification) = (_current, _currentNotification);
        (_current, _currentNotification) = (this, notification);
        var before = Enter(notification);
        var call = NativeCall.Begin(_session.Host.GivesThreadToken, _session.ThreadLost);
        var status = Filter.Invoke(_native, notification, data, out var lastError);
        call.End();
        Exit(before);
        (_current, _currentNotification) = (outerContext, outerNotification);
        LastError = (Win32Error)lastError;
        return status;
    }

    /// <summary>The thread that ran a notification has ended inside of it.</summary>
    public void LeaveNotification()
    {
        lock (_gate)
        {
            _depth = 0;
            _notification = 0;
        }
    }

    /// <summary>The connection is over: every copy of the context is stale from now on.</summary>
    public void Close()
    {
        lock (_gate)
        {
            _depth = 0;
            _notification = 0;
            _generation = (_generation + 1) & ConnectionId.GenerationMask;
            _closed = true;
        }

        Leave();
    }

    public bool TryEnter(uint generation)
    {
        if (_current is { } current && current != this)
        {
            // The thread is inside a notification of another connection or filter.
            return false;
        }

        lock (_gate)
        {
            if (_generation != generation || _depth == 0)
            {
                return false;
            }

            _users++;
            return true;
        }
    }

    /// <summary>The end of a callback. The last user of a closed context frees what the filter had on the connection.</summary>
    public void Leave()
    {
        lock (_gate)
        {
            if (--_users > 0 || !_closed)
            {
                return;
            }

            _memory.Free();
            _session = null!;
        }

        FilterContextTable.Return(this);
    }

    private uint Enter(uint notification)
    {
        lock (_gate)
        {
            var before = _notification;
            _depth++;
            _notification = notification;
            return before;
        }
    }

    private void Exit(uint before)
    {
        lock (_gate)
        {
            _depth = Math.Max(_depth - 1, 0);
            _notification = _depth > 0 ? before : 0;
        }
    }

    public Win32Error Failed(Exception exception, string callback)
    {
        _session.Host.Log.CallbackFailed(exception, callback, Filter.Path);
        return Win32Error.INVALID_FUNCTION;
    }
}
