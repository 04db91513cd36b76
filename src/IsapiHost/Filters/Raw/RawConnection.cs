using System.IO.Pipelines;
using IsapiHost.Interop;
using IsapiHost.Interop.Abi;
using IsapiHost.Transport;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;

namespace IsapiHost.Filters.Raw;

/// <summary>The bytes of one connection on their way through the filters of its session.</summary>
internal sealed unsafe class RawConnection : IDuplexPipe
{
    private readonly ConnectionContext _connection;
    private readonly RawOutput _output;
    private bool _isIdentified;

    public RawConnection(ConnectionContext connection, IDuplexPipe transport, FilterHost host, FilterSubscriptions port)
    {
        _connection = connection;
        Host = host;
        Port = port;
        Input = new RawInput(this, transport.Input);
        Output = _output = new RawOutput(this, transport.Output);
    }

    public FilterHost Host { get; }

    public FilterSubscriptions Port { get; }

    public PipeReader Input { get; }

    public PipeWriter Output { get; }

    /// <summary>
    /// Null until the first bytes have shown that this is a connection of HTTP/1; for ever on others (a TLS handshake, HTTP/2), whose bytes
    /// pass untouched.
    /// </summary>
    public FilterSession? Session { get; private set; }

    /// <summary>Looks at the first bytes of the connection.</summary>
    /// <returns>False when they are too few to tell.</returns>
    public bool TryIdentify(ReadOnlySpan<byte> first)
    {
        if (_isIdentified)
        {
            return true;
        }

        var kind = RawProtocol.Identify(first);
        if (kind == RawProtocolKind.Unknown)
        {
            return false;
        }

        _isIdentified = true;
        if (kind == RawProtocolKind.Http1 && Port.WantsRawData)
        {
            OpenSession();
        }

        return true;
    }

    /// <summary>Raises SEND_RAW_DATA, from the inner filters (low priority) to the outer ones.</summary>
    /// <param name="data">The block.</param>
    /// <param name="writer">The filter whose bytes these are; null for those of the server.</param>
    /// <param name="isNested">Whether that filter is inside a raw notification itself: then neither it nor its equals before it get the bytes.</param>
    public FilterOutcome RaiseSend(HTTP_FILTER_RAW_DATA* data, FilterContext? writer, bool isNested)
    {
        var session = Session!;
        var receivers = Port[SF_NOTIFY.SEND_RAW_DATA] ?? [];
        for (var i = receivers.Length - 1; i >= 0; i--)
        {
            var position = receivers[i];
            if (session.ContextAt(position) is not { } context
                || (context.Disabled & SF_NOTIFY.SEND_RAW_DATA) != 0
                || (writer is not null && !Receives(position, writer, isNested)))
            {
                continue;
            }

            var outcome = session.Judge(context, SF_NOTIFY.SEND_RAW_DATA, context.Notify(SF_NOTIFY.SEND_RAW_DATA, data), out var ends);
            if (outcome != FilterOutcome.Continue)
            {
                return outcome;
            }

            if (ends || data->cbInData == 0)
            {
                break;
            }
        }

        return FilterOutcome.Continue;
    }

    /// <summary>WriteClient of a filter, straight to the connection. Blocks until the connection has taken the bytes.</summary>
    public Win32Error Write(FilterContext by, ReadOnlySpan<byte> data)
    {
        if (_connection.ConnectionClosed.IsCancellationRequested)
        {
            return Win32Error.NETNAME_DELETED;
        }

        try
        {
            _output.WriteFor(by, data);
            return Win32Error.SUCCESS;
        }
        catch (Exception e) when (TransferError.TryGet(e, out var error))
        {
            return error;
        }
    }

    /// <summary>No further request is taken from the connection.</summary>
    public void Close(FilterOutcome outcome)
    {
        if (outcome == FilterOutcome.Error)
        {
            _connection.Abort(new ConnectionAbortedException("A filter ended the connection."));
        }
        else
        {
            _connection.Features.Get<IConnectionLifetimeNotificationFeature>()?.RequestClose();
        }
    }

    private bool Receives(int position, FilterContext writer, bool isNested) =>
        isNested
            ? position < writer.Position
            : Port.Filters[position].Priority >= writer.Filter.Priority;

    private void OpenSession()
    {
        var items = _connection.Features.Get<IConnectionItemsFeature>()?.Items ?? _connection.Items;
        if (FilterSession.Open(Host, Port) is not { } session)
        {
            _connection.Abort();
            return;
        }

        session.Raw = this;
        Session = session;
        FilterMiddleware.Remember(items, session);
        _connection.Features.Get<IConnectionCompleteFeature>()?.OnCompleted(static state => ((FilterSession)state).EndAsync(), session);
    }
}
