using System.Buffers;
using IsapiHost.Interop;
using IsapiHost.Responses.Chunks;
using IsapiHost.Responses.Heads;
using IsapiHost.Threading;
using IsapiHost.Transport;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace IsapiHost.Responses;

/// <summary>The answer to one request: what the extension sends, gathered, framed and given to Kestrel.</summary>
/// <remarks>
/// Callers from several threads take turns. Operations answer with a Win32 error code, 0 for success.
/// Small writes are gathered up to a limit: they go out together, and an answer that was never larger gets a Content-Length.
/// </remarks>
internal sealed partial class ResponseWriter
{
    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly NativeMemoryOwner _native = new();
    private HttpContext _context = null!;
    private ResponseSettings _settings = null!;

    private ResponseHead? _head;
    private PendingHeadTerminator _missingTerminator;
    private BodyFraming _framing;
    private ChunkedScanner _chunks;
    private byte[]? _gathered;
    private int _gatheredCount;
    private bool _suppressBody;
    private bool _closeWanted;
    private volatile bool _ended;
    private SocketPipeWriter? _direct;

    /// <summary>Body bytes that the extension wrote, whether or not they reached the client.</summary>
    public long BytesWritten { get; private set; }

    /// <summary>The status sent, or 0 while no head was given.</summary>
    public int StatusCode => _head?.StatusCode ?? 0;

    /// <summary>True once the extension has sent a head or a first byte.</summary>
    public bool HasOutput => _head is not null || _gatheredCount > 0;

    /// <summary>Whether bytes wait to be sent together with others.</summary>
    public bool HasGathered => _gatheredCount > 0 && _head is not null;

    /// <summary>How the body is delimited, as far as decided.</summary>
    public BodyFraming Framing => _framing;

    /// <summary>The Content-Length of the extension's head, if it gave one.</summary>
    public long? DeclaredLength => _head?.ContentLength;

    /// <summary>What had to be repaired in the head that was used.</summary>
    public ResponseHeadFaults HeadFaults => _head?.Faults ?? ResponseHeadFaults.None;

    /// <summary>Whether nothing may be sent any more.</summary>
    public bool IsEnded => _ended;

    /// <summary>Whether the extension asked for the connection to be closed after this answer.</summary>
    public bool CloseWanted => _closeWanted;

    /// <summary>IIS' SET_FLUSH_FLAG: nothing is gathered while it is set.</summary>
    public bool Unbuffered { get; set; }

    public void Initialize(HttpContext context, ResponseSettings settings)
    {
        _context = context;
        _settings = settings;
        _head = null;
        _missingTerminator = default;
        _framing = BodyFraming.Undecided;
        _chunks = default;
        _gatheredCount = 0;
        _suppressBody = HttpMethods.IsHead(context.Request.Method);
        _closeWanted = false;
        _ended = false;
        BytesWritten = 0;
        _bodySent = 0;
        Unbuffered = false;
        _direct = null;
        _directLooked = false;
    }

    /// <summary>Gives the buffers back; the request is over.</summary>
    public void Reset()
    {
        if (_direct is not null)
        {
            DirectPath.ReturnWatch(_direct);
        }

        if (_gathered is not null)
        {
            ArrayPool<byte>.Shared.Return(_gathered);
            _gathered = null;
        }

        _context = null!;
        _head = null;
    }

    /// <summary>Refuses everything from now on (a final send, a connection that the extension closed).</summary>
    public void End() => _ended = true;

    /// <summary>Asks for the connection to be closed when the answer is complete.</summary>
    public void WantClose() => _closeWanted = true;

    /// <summary>The extension's head, and the body that stood behind its blank line.</summary>
    public unsafe uint SendHead(ResponseHead head, HeadTermination end, void* rest, int restCount)
    {
        _turn.Wait();
        try
        {
            if (_ended || HasOutput)
            {
                return Win32Error.INVALID_PARAMETER;
            }

            // Kestrel has sent "100 Continue" itself when the body was first read; the final head is still to come.
            if (head.IsInterim)
            {
                return Win32Error.SUCCESS;
            }

            Use(head, end);
            if (restCount > 0 || IsUnbuffered)
            {
                SyncOverAsync.For(WriteBodyAsync(_native.Use(rest, restCount)));
            }

            return Win32Error.SUCCESS;
        }
        catch (Exception e) when (TransferError.TryGet(e, out var error))
        {
            return error;
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>WriteClient. Returns when the bytes are gathered or the connection has taken them, which a slow client delays.</summary>
    public uint Write(nint data, int count) => SyncOverAsync.For(WriteAsync(data, count));

    /// <summary>As <see cref="Write"/>, without holding the thread. The memory must stay as it is until this completes.</summary>
    public ValueTask<uint> WriteAsync(nint data, int count)
    {
        if (!_turn.Wait(0))
        {
            return WaitAndWriteAsync(data, count);
        }

        if (_ended)
        {
            _turn.Release();
            return new ValueTask<uint>(Win32Error.INVALID_PARAMETER);
        }

        ValueTask written;
        try
        {
            written = WriteAnyAsync(data, count);
        }
        catch (Exception e) when (TransferError.TryGet(e, out var error))
        {
            _turn.Release();
            return new ValueTask<uint>(error);
        }

        if (written.IsCompletedSuccessfully)
        {
            _turn.Release();
            return new ValueTask<uint>(Win32Error.SUCCESS);
        }

        return FinishTurnAsync(written);
    }

    /// <summary>TRANSMIT_FILE and VECTOR_SEND: pieces of memory and files in their order, behind what was written before.</summary>
    /// <param name="head">The head to send with it, if the request has one.</param>
    /// <param name="end">How the text of <paramref name="head"/> ended.</param>
    /// <param name="parts">The pieces.</param>
    /// <param name="final">Nothing may follow: the length of the answer is known now.</param>
    public async ValueTask<uint> TransmitAsync(ResponseHead? head, HeadTermination end, ReadOnlyMemory<TransferPart> parts, bool final)
    {
        await _turn.WaitAsync();
        try
        {
            if (_ended || (head is not null && HasOutput))
            {
                return Win32Error.INVALID_PARAMETER;
            }

            if (head is not null)
            {
                Use(head, end);
            }

            _ended |= final;
            await WritePartsAsync(parts, final);
            return Win32Error.SUCCESS;
        }
        catch (Exception e) when (TransferError.TryGet(e, out var error))
        {
            return error;
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Sends what is gathered, unless somebody is writing at this moment; for answers that stand still.</summary>
    public async ValueTask FlushIdleAsync()
    {
        if (!_turn.Wait(0))
        {
            return;
        }

        try
        {
            if (_head is not null && !_suppressBody && (_gatheredCount > 0 || _framing == BodyFraming.Undecided))
            {
                await FlushGatheredAsync(evenHeadOnly: true);
            }
        }
        catch (Exception e) when (TransferError.TryGet(e, out _))
        {
            // The extension will learn of it at its next write.
        }
        finally
        {
            _turn.Release();
        }
    }

    private async ValueTask<uint> WaitAndWriteAsync(nint data, int count)
    {
        await _turn.WaitAsync();
        if (_ended)
        {
            _turn.Release();
            return Win32Error.INVALID_PARAMETER;
        }

        return await FinishTurnAsync(WriteAnyAsync(data, count));
    }

    private async ValueTask<uint> FinishTurnAsync(ValueTask written)
    {
        try
        {
            await written;
            return Win32Error.SUCCESS;
        }
        catch (Exception e) when (TransferError.TryGet(e, out var error))
        {
            return error;
        }
        finally
        {
            _turn.Release();
        }
    }

    private unsafe ValueTask WriteAnyAsync(nint data, int count)
    {
        if (count == 0)
        {
            return default;
        }

        var bytes = _native.Use((void*)data, count);
        return _head is null ? WriteFirstAsync(bytes) : WriteBodyAsync(bytes);
    }

    private void Use(ResponseHead head, HeadTermination end)
    {
        _head = head;
        _missingTerminator = new PendingHeadTerminator(end);
        _closeWanted |= head.Close;
        _suppressBody |= BodyRule.ForbidsBody(head.StatusCode);
    }
}
