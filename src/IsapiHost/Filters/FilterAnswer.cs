using IsapiHost.Interop;
using IsapiHost.Responses;
using IsapiHost.Responses.Heads;
using IsapiHost.Threading;
using Microsoft.AspNetCore.Http;

namespace IsapiHost.Filters;

/// <summary>A response that a filter gives itself: SF_REQ_SEND_RESPONSE_HEADER and WriteClient, framed for the client's protocol.</summary>
/// <remarks>
/// The head waits until the filter has returned, since only then is it known whether the connection will be kept. A response that is large
/// or takes long does not wait, and its head says that the connection will be closed.
/// </remarks>
internal sealed class FilterAnswer
{
    /// <summary>Body bytes that wait for the filter's return.</summary>
    public const int HeldBytes = 64 * 1024;

    private const int HeldMilliseconds = 500;

    private readonly ResponseWriter _response = new(static () => StatusCodes.Status200OK);
    private long _began;

    /// <summary>Whether the filter has sent anything.</summary>
    public bool HasOutput => _response.HasOutput;

    /// <inheritdoc cref="ResponseWriter.IsBroken"/>
    public bool IsBroken => _response.IsBroken;

    /// <summary>Body bytes that have gone out.</summary>
    public long BytesSent => _response.BytesSent;

    /// <summary>The filter that answers; null while none does. Lower filters do not see its bytes.</summary>
    public FilterContext? By { get; private set; }

    /// <summary>Whether a filter answers that has not yet said what becomes of the connection.</summary>
    public bool IsOpen { get; private set; }

    public void Initialize(HttpContext context, ResponseSettings settings) => _response.Initialize(context, settings);

    /// <summary>A filter takes the response over. Further calls change nothing.</summary>
    public void Begin(FilterContext filter)
    {
        if (By is null)
        {
            By = filter;
            IsOpen = true;
            _began = Environment.TickCount64;
        }
    }

    public Win32Error Write(CallerMemory data)
    {
        if (Environment.TickCount64 - _began > HeldMilliseconds)
        {
            SyncOverAsync.For(_response.SetUnbufferedAsync(true));
        }

        return SyncOverAsync.For(_response.WriteAsync(data));
    }

    /// <summary>Sends a complete head.</summary>
    /// <param name="status">Empty for 200.</param>
    /// <param name="headers">Header lines, possibly with the start of the body behind an empty line.</param>
    /// <param name="added">Lines from AddResponseHeaders.</param>
    public Win32Error SendHead(ReadOnlySpan<byte> status, ReadOnlySpan<byte> headers, ReadOnlySpan<byte> added)
    {
        byte[] lines = [.. added, .. headers];
        var head = ResponseHeadParser.Parse(status, lines, StatusCodes.Status200OK, out var bodyOffset, out _);

        // The text is whole, so a blank line that is missing is not waited for: the next bytes are body.
        return SyncOverAsync.For(_response.SendHeadAsync(head, lines.AsMemory(bodyOffset)));
    }

    /// <summary>Completes the response.</summary>
    public ValueTask<ResponseEnd> FinishAsync(bool keepConnection)
    {
        IsOpen = false;
        if (!keepConnection)
        {
            _response.WantClose();
        }

        return _response.FinishAsync(StatusCodes.Status200OK, failed: false);
    }

    public void Reset()
    {
        By = null;
        IsOpen = false;
        _response.Reset();
    }
}
