using IsapiHost.Interop;
using IsapiHost.Interop.Abi;
using IsapiHost.Variables;

namespace IsapiHost.Filters;

/// <content>What callbacks ask of a filter's context. Each answers with a Win32 error code, 0 for success.</content>
internal sealed unsafe partial class FilterContext
{
    // From the limit on the connection ends with its request; a filter that gets no memory within one crashes, so that has to be far away.
    private const int HardLimit = 16;

    /// <summary>Before PREPROC_HEADERS there are bytes and no request.</summary>
    public Win32Error GetServerVariable(ReadOnlySpan<byte> name, Span<byte> destination, ref uint size) =>
        _session.Request is { } request ? ServerVariables.Answer(request.View, name, destination, ref size) : Win32Error.NO_DATA;

    public Win32Error AddResponseHeaders(ReadOnlySpan<byte> lines) =>
        _session.Request is { } request ? request.AddHeaders(lines, onDenial: false) : Win32Error.INVALID_PARAMETER;

    /// <summary>Returns when the client's connection has taken all bytes.</summary>
    public Win32Error WriteClient(CallerMemory data)
    {
        if (data.IsEmpty)
        {
            return Win32Error.SUCCESS;
        }

        var request = _session.Request;
        if (request is not null && Notification != SF_NOTIFY.SEND_RAW_DATA && request.CanAnswer)
        {
            return request.Answer(this).Write(data);
        }

        // The head is another's and has gone out: only the connection itself can take more bytes.
        return _session.Raw is { } raw ? raw.Write(this, data.Span) : Win32Error.INVALID_PARAMETER;
    }

    public void* AllocMem(uint size)
    {
        var limit = _session.Host.MemoryLimit;
        void* block;
        long used;
        lock (_gate)
        {
            block = _memory.Allocate(size, limit * HardLimit);
            used = _memory.Size;
        }

        if (used > limit)
        {
            _session.CloseAfterResponse(this, used);
        }

        return block;
    }

    public Win32Error GetHeader(ReadOnlySpan<byte> name, Span<byte> destination, ref uint size)
    {
        if (Headers is not { } headers)
        {
            return Win32Error.INVALID_PARAMETER;
        }

        var error = headers.Get(name, destination, out var needed);
        if (error is Win32Error.SUCCESS or Win32Error.INSUFFICIENT_BUFFER)
        {
            size = (uint)needed;
        }

        return error;
    }

    public Win32Error PutHeader(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value, bool adds) =>
        Headers is { } headers ? headers.Put(name, value, adds) : Win32Error.INVALID_PARAMETER;

    // The functions of one notification must not reach the headers of another.
    private HeaderSet? Headers => (_session.Request, Notification) switch
    {
        ({ } request, SF_NOTIFY.PREPROC_HEADERS or SF_NOTIFY.AUTH_COMPLETE) => request.RequestHeaders,
        ({ } request, SF_NOTIFY.SEND_RESPONSE) => request.ResponseHeaders,
        _ => null,
    };
}
