using IsapiHost.Interop;
using IsapiHost.Requests;
using IsapiHost.Responses.Heads;
using IsapiHost.Transport;
using Microsoft.AspNetCore.Http;

namespace IsapiHost.Responses;

/// <summary>
/// The response to one request, written by native code from any thread: one call after another, each understood as head or body and handed
/// to the <see cref="FramedResponse"/>.
/// </summary>
/// <remarks>Operations answer with a Win32 error code, 0 for success.</remarks>
internal sealed class ResponseWriter
{
    private readonly Turn<ResponseWriter> _turn;
    private readonly NativeMemoryOwner _native = new();
    private readonly FramedResponse _response = new();
    private readonly HeadFinder _first;
    private HttpContext _context = null!;
    private ResponseSettings _settings = null!;
    private volatile bool _ended;
    private volatile bool _closed;

    /// <param name="fallbackStatus">The status of a response that names none.</param>
    public ResponseWriter(Func<int> fallbackStatus)
    {
        _turn = new Turn<ResponseWriter>(this);
        _first = new HeadFinder(fallbackStatus);
    }

    /// <inheritdoc cref="FramedResponse.BytesWritten"/>
    public long BytesWritten => _response.BytesWritten;

    /// <inheritdoc cref="FramedResponse.BytesSent"/>
    public long BytesSent => _response.BytesSent;

    /// <summary>The status sent, or 0 while no head was given.</summary>
    public int StatusCode => _response.Head?.StatusCode ?? 0;

    /// <summary>True once the extension has sent a head or a first byte.</summary>
    public bool HasOutput => _response.Head is not null || _first.HoldsBytes;

    /// <summary>Whether bytes wait to be sent together with others.</summary>
    public bool HasGathered => _response.HasGathered;

    /// <inheritdoc cref="FramedResponse.LastGathered"/>
    public long LastGathered => _response.LastGathered;

    /// <inheritdoc cref="FramedResponse.Framing"/>
    public BodyFraming Framing => _response.Framing;

    /// <inheritdoc cref="FramedResponse.DecodesChunks"/>
    public bool DecodesChunks => _response.DecodesChunks;

    /// <summary>The Content-Length of the extension's head, if it gave one.</summary>
    public long? DeclaredLength => _response.Head?.ContentLength;

    /// <summary>What had to be repaired in the head that was used.</summary>
    public ResponseHeadFaults HeadFaults => _response.Head?.Faults ?? ResponseHeadFaults.None;

    /// <summary>Whether nothing may be sent any more.</summary>
    public bool IsEnded => _ended;

    /// <inheritdoc cref="FramedResponse.IsBroken"/>
    public bool IsBroken => _response.IsBroken;

    /// <summary>Whether the extension has closed the connection.</summary>
    public bool IsClosed => _closed;

    /// <summary>Whether the extension asked for the connection to be closed after this response.</summary>
    public bool CloseWanted => _response.CloseWanted;

    private bool IsUnbuffered => _response.Unbuffered || _settings.BufferLimit == 0;

    public void Initialize(HttpContext context, ResponseSettings settings)
    {
        _context = context;
        _settings = settings;
        _ended = false;
        _closed = false;
        _turn.Open();
        _response.Initialize(context, settings);
    }

    /// <summary>Gives the buffers back; the request is over.</summary>
    public void Reset()
    {
        _first.Reset();
        _response.Reset();
        _context = null!;
    }

    /// <summary>Refuses everything from now on (a final send, a URL that is sent instead).</summary>
    public void End() => _ended = true;

    /// <summary>Asks for the connection to be closed when the response is complete.</summary>
    public void WantClose() => _response.CloseWanted = true;

    /// <summary>The extension's head, and the body that stood behind its blank line.</summary>
    public ValueTask<Win32Error> SendHeadAsync(ResponseHead head, HeadTermination end, CallerMemory rest) =>
        _turn.TakeAsync((head, end, rest), static (writer, a) =>
            writer._ended || writer.HasOutput
                ? Turn<ResponseWriter>.Refused
                : Turn<ResponseWriter>.Done(writer.UseAsync(a.head, a.end, a.rest.AsMemory(writer._native))));

    /// <summary>A head and the start of a body that the host has made.</summary>
    public ValueTask<Win32Error> SendHeadAsync(ResponseHead head, ReadOnlyMemory<byte> body) =>
        _turn.TakeAsync((head, body), static (writer, a) =>
            writer._ended || writer.HasOutput
                ? Turn<ResponseWriter>.Refused
                : Turn<ResponseWriter>.Done(writer.UseAsync(a.head, HeadTermination.BlankLine, a.body)));

    /// <summary>WriteClient: completes when the bytes are gathered or the connection has taken them, which a slow client delays.</summary>
    public ValueTask<Win32Error> WriteAsync(CallerMemory data) =>
        _turn.TakeAsync(data, static (writer, data) =>
            writer._ended ? Turn<ResponseWriter>.Refused : Turn<ResponseWriter>.Done(writer.WriteAnyAsync(data)));

    /// <summary>TRANSMIT_FILE and VECTOR_SEND: pieces of memory and files in their order, behind what was written before.</summary>
    /// <param name="head">The head to send with it, if the request has one.</param>
    /// <param name="end">How the text of <paramref name="head"/> ended.</param>
    /// <param name="parts">The pieces.</param>
    /// <param name="final">Nothing may follow: the length of the response is known now.</param>
    public ValueTask<Win32Error> TransmitAsync(ResponseHead? head, HeadTermination end, ReadOnlyMemory<TransferPart> parts, bool final) =>
        _turn.TakeAsync((head, end, parts, final), static (writer, a) =>
            writer._ended || (a.head is not null && writer.HasOutput) ? Turn<ResponseWriter>.Refused : Turn<ResponseWriter>.Done(writer.WritePartsAsync(a.head, a.end, a.parts, a.final)));

    /// <summary>HSE_REQ_SET_FLUSH_FLAG: while it is set nothing is gathered, and what was gathered goes out.</summary>
    public ValueTask<Win32Error> SetUnbufferedAsync(bool unbuffered)
    {
        _response.Unbuffered = unbuffered;
        return unbuffered ? _turn.TakeAsync(0, static (writer, _) => Turn<ResponseWriter>.Done(writer.FlushAsync())) : default;
    }

    /// <summary>Sends what is gathered, unless somebody is writing at this moment; for responses that stand still.</summary>
    public ValueTask<Win32Error> FlushIdleAsync()
    {
        _turn.TryTake(0, static (writer, _) => Turn<ResponseWriter>.Done(writer.FlushAsync()), out var flushed);
        return flushed;
    }

    /// <summary>HSE_REQ_CLOSE_CONNECTION: what was accepted goes out, then the connection ends, or on HTTP/2 the stream.</summary>
    public ValueTask<Win32Error> CloseAsync()
    {
        _closed = true;
        if (!_turn.TryTake(0, static (writer, _) => Turn<ResponseWriter>.Done(writer.FlushAndAbortAsync()), out var closed))
        {
            // Somebody is sending, perhaps to a client that takes nothing: that ends as well.
            _ended = true;
            _response.Break();
            _context.Abort();
        }

        return closed;
    }

    /// <summary>The call is over and nobody writes any more: completes the response.</summary>
    /// <param name="outcomeStatus">The status to answer with when the extension sent nothing at all.</param>
    /// <param name="failed">True after HSE_STATUS_ERROR: what was sent stays, and the connection is closed.</param>
    public async ValueTask<ResponseEnd> FinishAsync(int outcomeStatus, bool failed)
    {
        if (_closed)
        {
            return ResponseEnd.Complete;
        }

        _response.CloseWanted |= failed;
        await UseHeldAsync();
        if (failed && _response.IsEmptyPromise)
        {
            // Of a body that was promised nothing came before the failure: the status is all there is to say.
            _response.Withdraw();
        }

        if (HasOutput)
        {
            return await _response.FinishAsync();
        }

        // Left unstarted, so that the application's own pages for status codes may fill it.
        _context.Response.StatusCode = outcomeStatus;
        if (_response.CloseWanted)
        {
            _context.CloseConnection();
        }

        return ResponseEnd.Complete;
    }

    /// <summary>
    /// The request is over for the server although native code may still write: waits until nobody does, and refuses all that comes later.
    /// </summary>
    public async ValueTask LeaveAsync()
    {
        _ended = true;
        await _turn.CloseAsync(static writer =>
        {
            if (writer._context.Response.HasStarted)
            {
                // The client may take as long as it likes with what is under way.
                writer._context.Abort();
            }
        });
    }

    /// <summary>Uses a child's head, unless a head or a first byte was sent before: then it is dropped.</summary>
    public async ValueTask SendHeadAsync(ResponseHead head) =>
        await _turn.TakeAsync(head, static (writer, head) =>
        {
            if (!writer._ended && !writer.HasOutput && !head.IsInterim)
            {
                writer._response.Use(head, HeadTermination.BlankLine);
            }

            return Turn<ResponseWriter>.Done(default);
        });

    /// <summary>As the extension's own WriteClient, from managed memory, for a child.</summary>
    /// <exception cref="IOException">Nothing may be sent any more, or the client has left.</exception>
    public async ValueTask WriteAsync(ReadOnlyMemory<byte> data)
    {
        var error = await _turn.TakeAsync(data, static (writer, data) =>
            writer._ended ? Turn<ResponseWriter>.Refused : data.IsEmpty ? Turn<ResponseWriter>.Done(default) : Turn<ResponseWriter>.Done(writer.WriteAnyAsync(data)));
        if (error != Win32Error.SUCCESS)
        {
            throw new TransferException(error, "Nothing more can be sent.");
        }
    }

    /// <summary>
    /// The child that gave this head is over. The length that it promised is not sent yet and binds its parent, which may write more, no longer:
    /// the true one is known at the end.
    /// </summary>
    public async ValueTask ForgetLengthAsync(ResponseHead head) =>
        await _turn.TakeAsync(head, static (writer, head) =>
        {
            if (ReferenceEquals(writer._response.Head, head))
            {
                writer._response.ForgetLength();
            }

            return Turn<ResponseWriter>.Done(default);
        });

    private async ValueTask UseAsync(ResponseHead head, HeadTermination end, ReadOnlyMemory<byte> rest)
    {
        // The server sends "100 Continue" itself when the body is first read; the head that counts is still to come.
        if (head.IsInterim)
        {
            return;
        }

        _response.Use(head, end);
        if (!rest.IsEmpty)
        {
            await _response.WriteAsync(rest);
        }

        await FlushIfUnbufferedAsync();
    }

    private ValueTask WriteAnyAsync(CallerMemory data) => data.IsEmpty ? default : WriteAnyAsync(data.AsMemory(_native));

    private ValueTask WriteAnyAsync(ReadOnlyMemory<byte> data) => _response.Head is null ? WriteFirstAsync(data) : _response.WriteAsync(data);

    private ValueTask WriteFirstAsync(ReadOnlyMemory<byte> data)
    {
        var body = _first.Write(data, _settings.TextAsHtml, out var head, out var end);
        return head is null ? default : UseFirstAsync(head, end, body);
    }

    private ValueTask UseHeldAsync()
    {
        if (!_first.HoldsBytes)
        {
            return default;
        }

        var body = _first.Complete(_settings.TextAsHtml, out var head, out var end);
        return head is null ? default : UseFirstAsync(head, end, body);
    }

    private async ValueTask UseFirstAsync(ResponseHead head, HeadTermination end, ReadOnlyMemory<byte> body)
    {
        _response.Use(head, end);
        await _response.WriteAsync(body);
        await FlushIfUnbufferedAsync();
    }

    private async ValueTask WritePartsAsync(ResponseHead? head, HeadTermination end, ReadOnlyMemory<TransferPart> parts, bool final)
    {
        _ended |= final;
        if (head is { IsInterim: false })
        {
            _response.Use(head, end);
        }

        if (final && _response.Head is not null)
        {
            _response.ExpectLast(parts.Span);
        }

        for (var i = 0; i < parts.Length; i++)
        {
            await WritePartAsync(parts.Span[i]);
        }

        await _response.FlushPartsAsync(final);
    }

    private async ValueTask WritePartAsync(TransferPart part)
    {
        if (part.File is { } file)
        {
            // There is nothing in a file to look for a head.
            await UseHeldAsync();
            if (_response.Head is null)
            {
                _response.Use(_first.BareHead, HeadTermination.BlankLine);
            }

            await _response.WriteFileAsync(file, part.Offset, part.Length);
            return;
        }

        for (long done = 0; done < part.Length;)
        {
            var step = (int)Math.Min(part.Length - done, int.MaxValue);
            await WriteAnyAsync(part.Memory.Slice(done, step));
            done += step;
        }
    }

    private ValueTask FlushAsync() => _response.Head is null ? default : _response.FlushAsync(evenHeadOnly: true);

    private ValueTask FlushIfUnbufferedAsync() => IsUnbuffered ? FlushAsync() : default;

    private async ValueTask FlushAndAbortAsync()
    {
        _ended = true;
        try
        {
            await UseHeldAsync();
            if (_response.Head is not null && await _response.TryCompleteAsync() && !_context.Request.IsHttp1())
            {
                // Its stream has ended, and the connection carries others.
                return;
            }
        }
        catch (Exception e) when (TransferError.TryGet(e, out _))
        {
            // The client has left before it was sent away.
        }

        _response.Break();
        _context.Abort();
    }
}
