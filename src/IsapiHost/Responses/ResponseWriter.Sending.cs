using System.IO.Pipelines;
using IsapiHost.Responses.Chunks;
using IsapiHost.Responses.Heads;
using IsapiHost.Transport;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace IsapiHost.Responses;

/// <content>The way to Kestrel: framing, the head, the bytes.</content>
internal sealed partial class ResponseWriter
{
    /// <summary>
    /// Kestrel copies whatever one write gives it before it looks at the client's pace: in pieces, a single write of many megabytes
    /// takes no more memory than a small one. (Wine loses a send of more than 1,024 of Kestrel's 4 KiB segments, too.)
    /// </summary>
    private const int LargestPiece = 256 * 1024;

    private long _bodySent;
    private long _declared;

    /// <summary>Body bytes that Kestrel has taken.</summary>
    public long BytesSent => _bodySent;

    /// <summary>The call is over and nobody writes any more: completes the answer.</summary>
    /// <param name="outcomeStatus">The status to answer with when the extension sent nothing at all.</param>
    /// <param name="failed">True after HSE_STATUS_ERROR: what was sent stays, and the connection is closed.</param>
    public async ValueTask FinishAsync(int outcomeStatus, bool failed)
    {
        _closeWanted |= failed;
        if (_head is null && _gatheredCount > 0)
        {
            await WriteHeldAsync(isEnd: true);
        }

        // A body that was promised, of which nothing came before the failure: there is no answer but that.
        if (failed && _framing == BodyFraming.Undecided && BytesWritten == 0 && DeclaredLength > 0 && !_suppressBody)
        {
            _head = null;
        }

        if (_head is null)
        {
            // Left unstarted, so that the application's own pages for status codes may fill it.
            _context.Response.StatusCode = outcomeStatus;
            CloseBeforeStart();
            return;
        }

        if (_framing == BodyFraming.Undecided)
        {
            Commit(completeLength: _gatheredCount);
        }

        await FlushGatheredAsync(evenHeadOnly: false);
        if (_framing == BodyFraming.DirectChunks)
        {
            ChunkText.WriteLast(_context.Response.BodyWriter);
            await _context.Response.BodyWriter.FlushAsync();
        }

        var unfinishedChunks = _framing is BodyFraming.OwnChunks or BodyFraming.DecodedChunks && !_chunks.IsComplete;
        if (_context.Response.HasStarted && (_closeWanted || unfinishedChunks))
        {
            CloseAfterResponse();
        }
    }

    /// <param name="completeLength">The length of the whole body when it is known, null when more may come.</param>
    private void Commit(long? completeLength)
    {
        var head = _head!;
        var response = _context.Response;
        var http1 = IsHttp1;
        response.StatusCode = head.StatusCode;
        if (http1 && head.ReasonPhrase is { } reason)
        {
            _context.Features.GetRequiredFeature<IHttpResponseFeature>().ReasonPhrase = reason;
        }

        foreach (var (name, value) in head.Headers)
        {
            Add(response.Headers, name, value);
        }

        _framing = Frame(head, completeLength is not null, http1);
        if (_framing is BodyFraming.OwnChunks or BodyFraming.DirectChunks)
        {
            response.Headers.TransferEncoding = "chunked";
        }

        if (!BodyRule.ForbidsBody(head.StatusCode))
        {
            response.ContentLength = LengthToDeclare(head, completeLength);
        }
        else if (head.StatusCode == StatusCodes.Status304NotModified)
        {
            response.ContentLength = head.ContentLength;
        }

        _declared = response.ContentLength.GetValueOrDefault();
        CloseBeforeStart();
    }

    // What middleware in front of us has set (security headers, say) gives way, except where several values live together.
    private static void Add(IHeaderDictionary headers, string name, Microsoft.Extensions.Primitives.StringValues value)
    {
        if (string.Equals(name, "Set-Cookie", StringComparison.OrdinalIgnoreCase))
        {
            headers.Append(name, value);
        }
        else
        {
            headers[name] = value;
        }
    }

    private BodyFraming Frame(ResponseHead head, bool complete, bool http1) =>
        _suppressBody ? BodyFraming.None
        : head.ChunkedByExtension ? (http1 && _context.Request.Protocol != "HTTP/1.0" && !IsChild ? BodyFraming.OwnChunks : BodyFraming.DecodedChunks)
        : head.ContentLength is not null || complete ? BodyFraming.Length
        : http1 && _context.Request.Protocol != "HTTP/1.0" && Direct is not null ? BodyFraming.DirectChunks
        : BodyFraming.Server;

    private long? LengthToDeclare(ResponseHead head, long? completeLength) =>
        head.ChunkedByExtension ? null
        : head.ContentLength is { } declared ? declared

        // For HEAD the bytes written tell the length, if the extension wrote any.
        : _suppressBody ? (completeLength is not null && BytesWritten > 0 ? BytesWritten : null)
        : completeLength;

    private long Room => _declared - _bodySent;

    private async ValueTask SendAsync(ReadOnlyMemory<byte> data)
    {
        if (_framing == BodyFraming.Undecided)
        {
            Commit(completeLength: null);
        }

        switch (_framing)
        {
            case BodyFraming.None:
                return;
            case BodyFraming.Length:
                data = data.Length > Room ? data[..(int)Room] : data;
                break;
            case BodyFraming.OwnChunks:
                _chunks.Scan(data.Span);
                break;
            case BodyFraming.DecodedChunks:
                await SendDecodedAsync(data);
                return;
            default:
                break;
        }

        var isDirect = data.Length > 0 && IsDirect && (data.Length >= DirectThreshold || _framing == BodyFraming.DirectChunks);
        await (isDirect && await StartDirectAsync() ? SendDirectAsync(data) : SendPlainAsync(data));
    }

    private async ValueTask SendDecodedAsync(ReadOnlyMemory<byte> data)
    {
        while (TakeChunk(ref data) is { IsEmpty: false } payload)
        {
            await SendPlainAsync(payload);
        }
    }

    private ReadOnlyMemory<byte> TakeChunk(ref ReadOnlyMemory<byte> data)
    {
        var rest = data.Span;
        if (!_chunks.TryRead(ref rest, out var payload))
        {
            return default;
        }

        // The payload stands right before what is left.
        var end = data.Length - rest.Length;
        var taken = data.Slice(end - payload.Length, payload.Length);
        data = data[end..];
        return taken;
    }

    private async ValueTask SendPlainAsync(ReadOnlyMemory<byte> data)
    {
        do
        {
            var piece = data[..Math.Min(data.Length, LargestPiece)];
            var result = await (piece.IsEmpty ? FlushHeadAsync() : _context.Response.BodyWriter.WriteAsync(piece));
            _bodySent += piece.Length;
            if (result.IsCompleted || result.IsCanceled || _context.RequestAborted.IsCancellationRequested)
            {
                throw new ClientGoneException();
            }

            data = data[piece.Length..];
        }
        while (!data.IsEmpty);
    }

    private async ValueTask<FlushResult> FlushHeadAsync()
    {
        await _context.Response.StartAsync();
        return await _context.Response.BodyWriter.FlushAsync();
    }

    private bool IsHttp1 => _context.Request.Protocol.StartsWith("HTTP/1", StringComparison.Ordinal);

    private void CloseBeforeStart()
    {
        if (_closeWanted && IsHttp1)
        {
            _context.Response.Headers.Connection = "close";
        }
    }

    private void CloseAfterResponse()
    {
        if (IsHttp1)
        {
            _context.Features.Get<IConnectionLifetimeNotificationFeature>()?.RequestClose();
        }
    }
}
