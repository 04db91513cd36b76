using System.Buffers;
using IsapiHost.Abi;
using IsapiHost.Transfer;
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
    private MissingTerminator _missingTerminator;
    private BodyFraming _framing;
    private ChunkedScanner _chunks;
    private byte[]? _gathered;
    private int _gatheredCount;
    private bool _suppressBody;
    private bool _closeWanted;
    private volatile bool _ended;

    /// <summary>Body bytes that the extension wrote, whether or not they reached the client.</summary>
    public long BytesWritten { get; private set; }

    /// <summary>The status sent, or 0 while no head was given.</summary>
    public int StatusCode => _head?.StatusCode ?? 0;

    /// <summary>True once the extension has sent a head or a first byte.</summary>
    public bool HasOutput => _head is not null || _gatheredCount > 0;

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
    }

    /// <summary>Gives the buffers back; the request is over.</summary>
    public void Reset()
    {
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
    public unsafe uint SendHead(ResponseHead head, HeadEnd end, void* rest, int restCount)
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
                BlockingWait.For(WriteBodyAsync(_native.Use(rest, restCount)));
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

    /// <summary>WriteClient. Returns when the bytes are gathered or Kestrel has taken them, which a slow client delays.</summary>
    public unsafe uint Write(void* data, int count)
    {
        _turn.Wait();
        try
        {
            if (_ended)
            {
                return Win32Error.INVALID_PARAMETER;
            }

            var bytes = _native.Use(data, count);
            BlockingWait.For(_head is null ? WriteFirstAsync(bytes) : WriteBodyAsync(bytes));
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

    private bool IsUnbuffered => Unbuffered || _settings.BufferLimit == 0;

    private void Use(ResponseHead head, HeadEnd end)
    {
        _head = head;
        _missingTerminator = new MissingTerminator(end);
        _closeWanted |= head.Close;
        _suppressBody |= BodyRule.ForbidsBody(head.StatusCode);
    }

    private ValueTask WriteBodyAsync(ReadOnlyMemory<byte> data)
    {
        if (_missingTerminator.IsAwaited)
        {
            data = data[_missingTerminator.Skip(data.Span)..];
        }

        BytesWritten += data.Length;
        if (_suppressBody)
        {
            return default;
        }

        if (!IsUnbuffered && _gatheredCount + data.Length <= _settings.BufferLimit)
        {
            Gather(data.Span);
            return default;
        }

        return SendBodyAsync(data);
    }

    private async ValueTask SendBodyAsync(ReadOnlyMemory<byte> data)
    {
        await FlushGatheredAsync();
        if (!IsUnbuffered && data.Length < _settings.BufferLimit)
        {
            Gather(data.Span);
        }
        else
        {
            await SendAsync(data);
        }
    }

    private void Gather(ReadOnlySpan<byte> data)
    {
        var needed = _gatheredCount + data.Length;
        if (_gathered is null || _gathered.Length < needed)
        {
            var larger = ArrayPool<byte>.Shared.Rent(Math.Max(needed, Math.Min((_gathered?.Length ?? 2048) * 2, _settings.BufferLimit)));
            if (_gathered is not null)
            {
                _gathered.AsSpan(0, _gatheredCount).CopyTo(larger);
                ArrayPool<byte>.Shared.Return(_gathered);
            }

            _gathered = larger;
        }

        data.CopyTo(_gathered.AsSpan(_gatheredCount));
        _gatheredCount = needed;
    }

    private async ValueTask FlushGatheredAsync()
    {
        if (_gatheredCount > 0)
        {
            var count = _gatheredCount;
            _gatheredCount = 0;
            await SendAsync(_gathered.AsMemory(0, count));
        }
    }
}
