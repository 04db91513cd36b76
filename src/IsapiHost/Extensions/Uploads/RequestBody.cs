using System.Buffers;
using System.IO.Pipelines;
using IsapiHost.Interop;
using IsapiHost.Requests;
using IsapiHost.Transport;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace IsapiHost.Extensions.Uploads;

/// <summary>The body of a request: the first part is read ahead into <c>lpbData</c>, the rest goes straight into the buffers of ReadClient.</summary>
internal sealed class RequestBody
{
    private const int FirstBlock = 4096;

    private readonly SemaphoreSlim _turn = new(1, 1);
    private PipeReader? _reader;
    private UploadSpool? _spool;
    private NativeBlock _preloaded;
    private bool _atEnd;
    private bool _cutShort;
    private volatile bool _isLeft;

    /// <summary>The length that the client declared, or that is known since the whole body was read ahead; null when unknown.</summary>
    public long? Length { get; private set; }

    /// <summary>Bytes read ahead.</summary>
    public int Available { get; private set; }

    /// <summary>Body bytes taken from the client so far.</summary>
    public long BytesRead { get; private set; }

    /// <summary>Whether there is a body to read.</summary>
    public bool IsExpected => _reader is not null;

    /// <summary>The bytes read ahead, followed by a NUL that is not counted; null when there are none.</summary>
    public unsafe byte* Preloaded => _preloaded.Start;

    /// <summary>The part of the body that nobody has read but the host itself, ahead: what a child request gets. Its length is null when unknown.</summary>
    public unsafe (byte[] ReadAhead, long? Length) Unread =>
        BytesRead > Available
            ? ([], Length - BytesRead)
            : (new ReadOnlySpan<byte>(Preloaded, Available).ToArray(), Length);

    /// <summary>The status with which Kestrel refuses this body (413, 408, 400), once it has.</summary>
    public int? RejectedStatus { get; private set; }

    /// <summary>Whether the client was found to have left, or to have reset the stream, while its body was read.</summary>
    public bool IsClientGone { get; private set; }

    /// <summary>Why the host could not keep the body, once it could not; <see cref="RejectedStatus"/> is 500 then.</summary>
    public string? SpoolFault { get; private set; }

    public void Initialize(HttpContext context)
    {
        var expected = context.Features.Get<IHttpRequestBodyDetectionFeature>()?.CanHaveBody
            ?? context.Request.ContentLength is null or > 0;
        Length = expected ? BodyLength.Declared(context) : 0;
        _reader = expected ? context.Request.BodyReader : null;
        _atEnd = !expected;
        _cutShort = false;
        _isLeft = false;
        Available = 0;
        BytesRead = 0;
        RejectedStatus = null;
        IsClientGone = false;
        SpoolFault = null;
    }

    public void Reset()
    {
        if (!_preloaded.IsEmpty)
        {
            NativeBlockPool.Return(_preloaded);
            _preloaded = default;
        }

        _spool?.Dispose();
        _spool = null;
        _reader = null;
    }

    /// <summary>
    /// Reads the first bytes, up to the limit or the end of the body; the whole of a body without a length, if that is wanted.
    /// Kestrel sends "100 Continue" for the first read. <see cref="RejectedStatus"/> says whether the body may not be had.
    /// </summary>
    public ValueTask PreloadAsync(HttpContext context, UploadSettings settings) => _reader is null ? default : PreloadCoreAsync(context, settings);

    /// <summary>
    /// Reads what comes next into memory of the extension: at least one byte unless the body is at its end.
    /// Completes when the client has sent it.
    /// </summary>
    public ValueTask<TransferResult> ReadAsync(CallerMemory buffer) => ReadAsync(buffer, default);

    /// <summary>The same into managed memory, for a child request.</summary>
    public ValueTask<TransferResult> ReadAsync(Memory<byte> buffer) => ReadAsync(default, buffer);

    private async ValueTask<TransferResult> ReadAsync(CallerMemory buffer, Memory<byte> managed)
    {
        await _turn.WaitAsync();
        try
        {
            if (_isLeft)
            {
                return TransferResult.Failed(Win32Error.OPERATION_ABORTED);
            }

            while (!_atEnd && !(buffer.IsEmpty && managed.IsEmpty))
            {
                var result = await _reader!.ReadAsync();
                if (result.IsCanceled)
                {
                    _reader.AdvanceTo(result.Buffer.Start);
                    return TransferResult.Failed(Win32Error.OPERATION_ABORTED);
                }

                var count = Take(result, buffer.IsEmpty ? managed.Span : buffer.Span);
                if (count > 0)
                {
                    return TransferResult.Done((uint)count);
                }
            }

            return TransferResult.Done(0);
        }
        catch (Exception e) when (IsClientFault(e))
        {
            return CutShort();
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Lets a read that waits for the client end with ERROR_OPERATION_ABORTED.</summary>
    public void CancelRead()
    {
        try
        {
            _reader?.CancelPendingRead();
        }
        catch (OperationCanceledException)
        {
            // The request was aborted, and the read with it.
        }
    }

    /// <summary>
    /// The request is over for the server although native code may still read: refuses all that comes later, and completes when the read that is
    /// under way has ended.
    /// </summary>
    public async ValueTask LeaveAsync()
    {
        _isLeft = true;
        CancelRead();
        await _turn.WaitAsync();
        _turn.Release();
    }

    private async ValueTask PreloadCoreAsync(HttpContext context, UploadSettings settings)
    {
        try
        {
            if (Length is null && settings.SpoolLimit is { } limit)
            {
                await SpoolAsync(limit);
            }

            if (RejectedStatus is null)
            {
                await ReadAheadAsync(settings.ReadAheadSize);
            }
        }
        catch (Exception e) when (IsClientFault(e))
        {
            // Said by RejectedStatus or IsClientGone.
        }
    }

    private async ValueTask SpoolAsync(long limit)
    {
        _spool = new UploadSpool();
        for (var atEnd = false; !atEnd;)
        {
            var result = await _reader!.ReadAsync();
            atEnd = result.IsCompleted;
            if (_spool.Length + result.Buffer.Length > limit)
            {
                RejectedStatus = StatusCodes.Status413PayloadTooLarge;
            }
            else
            {
                await KeepAsync(result.Buffer);
            }

            _reader.AdvanceTo(result.Buffer.End);
            if (RejectedStatus is not null)
            {
                return;
            }
        }

        Length = _spool.Length;
        _reader = PipeReader.Create(_spool.Read());
    }

    private async ValueTask KeepAsync(ReadOnlySequence<byte> data)
    {
        try
        {
            await _spool!.AddAsync(data);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            SpoolFault = e.Message;
            RejectedStatus = StatusCodes.Status500InternalServerError;
        }
    }

    private async ValueTask ReadAheadAsync(int limit)
    {
        var goal = Length is { } length ? (int)Math.Min(length, limit) : limit;
        while (Available < goal && !_atEnd)
        {
            var result = await _reader!.ReadAsync();
            // A body of unknown length doubles its room, so that a large limit does not copy it again for each block.
            EnsureRoom(Length is null ? (int)Math.Min(goal, Math.Max(Available + result.Buffer.Length, 2L * Available)) : goal);
            Available += Take(result, FreeSpan(goal));
        }

        Terminate();

        // The whole of a body without a declared length is here: present it as one whose length was known.
        if (_atEnd && Length is null)
        {
            Length = Available;
        }
    }

    private int Take(in ReadResult result, Span<byte> destination)
    {
        // Taken before the reader is advanced: the sequence is not to be touched after that.
        var count = (int)Math.Min(result.Buffer.Length, destination.Length);
        var part = result.Buffer.Slice(0, count);
        part.CopyTo(destination);
        _atEnd = result.IsCompleted && count == result.Buffer.Length;
        BytesRead += count;
        _reader!.AdvanceTo(part.End);
        return count;
    }

    private Span<byte> FreeSpan(int goal) => _preloaded.Span[Available..Math.Min(goal, _preloaded.Size - 1)];

    private void EnsureRoom(int size)
    {
        if (_preloaded.Size > size)
        {
            return;
        }

        var larger = NativeBlockPool.Rent(Math.Max(size + 1, FirstBlock));
        if (!_preloaded.IsEmpty)
        {
            _preloaded.Span[..Available].CopyTo(larger.Span);
            NativeBlockPool.Return(_preloaded);
        }

        _preloaded = larger;
    }

    private void Terminate()
    {
        if (!_preloaded.IsEmpty)
        {
            _preloaded.Span[Available] = 0;
        }
    }

    private bool IsClientFault(Exception exception)
    {
        if (exception is BadHttpRequestException rejected)
        {
            RejectedStatus = rejected.StatusCode;
            return true;
        }

        IsClientGone = TransferError.TryGet(exception, out _);
        return IsClientGone;
    }

    // With a known length the extension can count, and IIS answers TRUE with no bytes, once; a second TRUE would keep careless loops running
    // for ever. Without one, success would pass a cut body off as a whole one.
    private TransferResult CutShort()
    {
        if (Length is not null && RejectedStatus is not 413 && !_cutShort)
        {
            _cutShort = true;
            return TransferResult.Done(0);
        }

        return TransferResult.Failed(Win32Error.NETNAME_DELETED);
    }
}
