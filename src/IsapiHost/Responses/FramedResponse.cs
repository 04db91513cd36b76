using IsapiHost.Interop;
using IsapiHost.Requests;
using IsapiHost.Responses.Bodies;
using IsapiHost.Responses.Chunks;
using IsapiHost.Responses.Heads;
using IsapiHost.Transport;
using IsapiHost.Transport.Files;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace IsapiHost.Responses;

/// <summary>
/// A response from its head on: gathers what is small, decides the framing when the head must go out, keeps the body to it, and hands both to
/// the server. One call at a time; <see cref="ResponseWriter"/> sees to that.
/// </summary>
internal sealed class FramedResponse
{
    private readonly BodyBuffer _gathered = new();
    private readonly KestrelBody _kestrel = new();
    private readonly DirectBody _direct;
    private HttpContext _context = null!;
    private ResponseSettings _settings = null!;
    private IBodySink _sink = null!;
    private PendingHeadTerminator _terminator;
    private OwnChunks _chunks;
    private bool _isHead;
    private bool _lengthIsOfHead;
    private bool _suppressesBody;

    public FramedResponse() => _direct = new DirectBody(_kestrel);

    /// <summary>The head; null while there is none.</summary>
    public ResponseHead? Head { get; private set; }

    /// <summary>How the body is delimited, as far as decided.</summary>
    public BodyFraming Framing { get; private set; }

    /// <summary>Body bytes that the extension wrote, whether or not they reached the client.</summary>
    public long BytesWritten { get; private set; }

    /// <summary>Body bytes that the server has taken.</summary>
    public long BytesSent { get; private set; }

    /// <summary>Whether the connection is to be closed after this response.</summary>
    public bool CloseWanted { get; set; }

    /// <summary>Whether the response cannot be completed any more: the connection, or the stream, must end with it.</summary>
    public bool IsBroken { get; private set; }

    /// <summary>Whether nothing is to be gathered.</summary>
    public bool Unbuffered { get; set; }

    /// <summary>Whether body bytes wait to be sent together with others.</summary>
    public bool HasGathered => _gathered.Count > 0;

    /// <inheritdoc cref="BodyBuffer.LastAdded"/>
    public long LastGathered => _gathered.LastAdded;

    /// <summary>Whether the extension's own chunks are taken apart, for a client that must not see them.</summary>
    public bool DecodesChunks => _chunks is { IsUsed: true, Pass: false } && !_suppressesBody;

    private bool IsUnbuffered => Unbuffered || _settings.BufferLimit == 0;

    // Within the parent's response there is one framing, and that is the parent's.
    private bool IsChild => _context.Features.Get<IHttpResponseFeature>() is IChildResponseFeature;

    // What the declared length leaves; where somebody has taken that out of the head, Kestrel frames the body and there is no end to keep to.
    private long Room => Framing == BodyFraming.Length && _context.Response.ContentLength is { } length ? length - BytesSent : long.MaxValue;

    private bool IsWhole => _suppressesBody || _chunks.IsWhole;

    public void Initialize(HttpContext context, ResponseSettings settings)
    {
        _context = context;
        _settings = settings;
        _kestrel.Initialize(context);
        _direct.Initialize(context, settings.KernelFileTransfer);
        _sink = _kestrel;
        _terminator = default;
        _chunks = default;
        _isHead = HttpMethods.IsHead(OriginalRequestLine.MethodOf(context));
        _lengthIsOfHead = !_isHead && HttpMethods.IsHead(context.Request.Method);
        _suppressesBody = _isHead;
        Head = null;
        Framing = BodyFraming.Undecided;
        BytesWritten = 0;
        BytesSent = 0;
        CloseWanted = false;
        IsBroken = false;
        Unbuffered = false;
    }

    /// <summary>Gives the memory back; the request is over.</summary>
    public void Reset()
    {
        _gathered.Reset();
        _direct.Reset();
        _context = null!;
        Head = null;
    }

    /// <summary>Takes a head.</summary>
    public void Use(ResponseHead head, HeadTermination end)
    {
        Head = head;
        _terminator = new PendingHeadTerminator(end);
        CloseWanted |= head.Close;
        _suppressesBody |= BodyRule.ForbidsBody(head.StatusCode);
        _chunks = head.ChunkedByExtension ? new OwnChunks(passes: _context.Request.TakesChunks() && !IsChild) : default;
    }

    /// <summary>Whether nothing has come yet of a body whose length was promised, and nothing has gone out.</summary>
    public bool IsEmptyPromise => Framing == BodyFraming.Undecided && BytesWritten == 0 && Head?.ContentLength > 0 && !_suppressesBody;

    /// <summary>Drops a head that has not gone out.</summary>
    public void Withdraw() => Head = null;

    /// <summary>Withdraws the length that the head promises, if it has not gone out.</summary>
    public void ForgetLength()
    {
        if (Framing == BodyFraming.Undecided && !_suppressesBody)
        {
            Head = Head! with { ContentLength = null };
        }
    }

    /// <summary>Takes bytes of the body.</summary>
    public ValueTask WriteAsync(ReadOnlyMemory<byte> data)
    {
        if (_terminator.IsAwaited)
        {
            // The head came without its blank line; the extension may send that as its first "body" bytes.
            data = data[_terminator.Skip(data.Span)..];
        }

        BytesWritten += data.Length;
        return _chunks.IsUsed ? WriteChunkedAsync(data) : AcceptAsync(data);
    }

    /// <summary>Takes a range of a file as bytes of the body.</summary>
    public async ValueTask WriteFileAsync(FileSource file, long offset, long length)
    {
        if (_chunks.IsUsed)
        {
            // The file is a part of the extension's chunks, which are followed byte by byte.
            await FileCopy.SendAsync(file, offset, length, WriteAsync);
            return;
        }

        BytesWritten += length;
        if (_suppressesBody)
        {
            return;
        }

        await FlushAsync(evenHeadOnly: false);
        Decide(left: null);
        length = Math.Min(length, Room);
        if (length > 0)
        {
            await Watch(_sink.WriteFileAsync(file, offset, length));
            BytesSent += length;
        }
    }

    /// <summary>Sends what was gathered.</summary>
    /// <param name="evenHeadOnly">Whether a head without a body goes out as well.</param>
    public async ValueTask FlushAsync(bool evenHeadOnly)
    {
        if (_gathered.Count > 0 || (evenHeadOnly && !_context.Response.HasStarted))
        {
            await SendAsync(_gathered.Take());
        }
    }

    /// <summary>Nothing follows these parts: with what is gathered they are the whole body.</summary>
    public void ExpectLast(ReadOnlySpan<TransferPart> parts)
    {
        long bytes = -TerminatorIn(parts);
        foreach (var part in parts)
        {
            bytes += part.Length;
        }

        Decide(IsWhole ? bytes : null);
    }

    /// <summary>Sends what was gathered when all parts of a file or vector are written. A HEAD that may still learn its length waits.</summary>
    public ValueTask FlushPartsAsync(bool final) =>
        Head is not null && (final || IsUnbuffered || !_suppressesBody) ? FlushAsync(evenHeadOnly: true) : default;

    /// <summary>Ends the response in the middle of the call, if that leaves it complete.</summary>
    public async ValueTask<bool> TryCompleteAsync()
    {
        CloseWanted = true;
        Decide(IsWhole ? 0 : null);
        await FlushAsync(evenHeadOnly: true);
        if (End != ResponseEnd.Complete)
        {
            return false;
        }

        await _sink.CompleteAsync();
        await _context.Response.CompleteAsync();
        return true;
    }

    /// <summary>Nothing more goes out.</summary>
    public void Break() => IsBroken = true;

    /// <summary>Completes the response, or leaves it as <see cref="IsBroken"/>.</summary>
    public async ValueTask<ResponseEnd> FinishAsync()
    {
        if (IsBroken)
        {
            return ResponseEnd.Complete;
        }

        Decide(IsWhole ? 0 : null);
        await FlushAsync(evenHeadOnly: false);
        var end = End;
        if (end != ResponseEnd.Complete)
        {
            await BreakOffAsync();
            return end;
        }

        await _sink.CompleteAsync();
        if (_context.Response.HasStarted && CloseWanted)
        {
            _context.CloseConnectionAfterResponse();
        }

        return end;
    }

    private ResponseEnd End =>
        !IsWhole ? ResponseEnd.BrokenChunks : Room is > 0 and < long.MaxValue ? ResponseEnd.TooShort : ResponseEnd.Complete;

    // The head and what there is of the body go out, and the client can tell that something is missing. A child leaves the end to its parent.
    private async ValueTask BreakOffAsync()
    {
        if (IsChild)
        {
            return;
        }

        await FlushAsync(evenHeadOnly: true);
        if (Framing == BodyFraming.OwnChunks)
        {
            // Kestrel does not look at these, and its own way of closing keeps what is still under way.
            _context.CloseConnectionAfterResponse();
        }
        else
        {
            IsBroken = true;
        }
    }

    private async ValueTask WriteChunkedAsync(ReadOnlyMemory<byte> data)
    {
        while (_chunks.Next(ref data) is { IsEmpty: false } next)
        {
            await AcceptAsync(next);
        }

        if (_chunks.IsMalformed)
        {
            throw new TransferException(Win32Error.INVALID_DATA, "The chunks of the extension are malformed.");
        }
    }

    private ValueTask AcceptAsync(ReadOnlyMemory<byte> data)
    {
        if (_suppressesBody || data.IsEmpty)
        {
            return default;
        }

        // Without a declared length a large write may still turn out to be the whole body, whose length is then known.
        var goesDirect = data.Length >= DirectBody.Threshold && Head!.ContentLength is not null && _direct.IsOpen;
        if (!IsUnbuffered && _gathered.Count + data.Length <= _settings.BufferLimit && !goesDirect)
        {
            _gathered.Add(data.Span, _settings.BufferLimit);
            return default;
        }

        return SendBodyAsync(data);
    }

    private async ValueTask SendBodyAsync(ReadOnlyMemory<byte> data)
    {
        await FlushAsync(evenHeadOnly: false);
        if (!IsUnbuffered && data.Length < Math.Min(_settings.BufferLimit, DirectBody.Threshold))
        {
            _gathered.Add(data.Span, _settings.BufferLimit);
        }
        else
        {
            await SendAsync(data);
        }
    }

    private async ValueTask SendAsync(ReadOnlyMemory<byte> data)
    {
        if (IsBroken)
        {
            throw new ClientGoneException();
        }

        Decide(left: null);
        if (data.Length > Room)
        {
            data = data[..(int)Room];
        }

        await Watch(_sink.WriteAsync(data));
        BytesSent += data.Length;
    }

    private async ValueTask Watch(ValueTask sending)
    {
        try
        {
            await sending;
        }
        catch (Exception e) when (TransferError.TryGet(e, out _))
        {
            IsBroken = true;
            throw;
        }
    }

    /// <param name="left">Bytes of the body that are still to come behind the gathered ones; null when that is not known.</param>
    private void Decide(long? left)
    {
        if (Framing != BodyFraming.Undecided)
        {
            return;
        }

        var framing = ResponseFraming.Of(Head!, new FramingConditions
        {
            CompleteLength = left + (_isHead ? BytesWritten : _gathered.Count),
            IsHead = _isHead,
            LengthIsOfHead = _lengthIsOfHead,
            PassesChunks = _chunks.Pass,
            WritesChunks = _context.Request.TakesChunks() && _direct.IsOpen,
        });
        Framing = framing.Body;
        HeadSender.Apply(Head!, framing, _context);
        if (CloseWanted)
        {
            _context.CloseConnection();
        }

        _direct.WritesChunks = Framing == BodyFraming.DirectChunks;
        _direct.Declared = framing.ContentLength;
        _sink = Framing is BodyFraming.Length or BodyFraming.DirectChunks or BodyFraming.OwnChunks && _direct.IsOpen ? _direct : _kestrel;
    }

    // An extension may send the end of its head as the first bytes of its body.
    private int TerminatorIn(ReadOnlySpan<TransferPart> parts)
    {
        var terminator = _terminator;
        return parts.IsEmpty || parts[0].File is not null
            ? 0
            : terminator.Skip(parts[0].Memory.Slice(0, Math.Min(parts[0].Length, PendingHeadTerminator.MaxBytes)).Span);
    }
}
