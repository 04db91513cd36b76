using IsapiHost.Responses;
using IsapiHost.Responses.Heads;
using Microsoft.AspNetCore.Http;

namespace IsapiHost.Filters;

/// <summary>An answer that a filter gives itself: SF_REQ_SEND_RESPONSE_HEADER and WriteClient, framed for the client's protocol.</summary>
internal sealed unsafe class FilterAnswer
{
    private readonly ResponseWriter _response = new();

    /// <summary>Whether the filter has sent anything.</summary>
    public bool HasOutput => _response.HasOutput;

    /// <summary>The filter that answers; null while none does. Lower filters do not see its bytes.</summary>
    public FilterContext? By { get; set; }

    public void Initialize(HttpContext context, ResponseSettings settings) => _response.Initialize(context, settings);

    public uint Write(void* buffer, int count) => _response.Write((nint)buffer, count);

    /// <summary>Sends a complete head.</summary>
    /// <param name="status">Empty for 200.</param>
    /// <param name="headers">Header lines, possibly with the start of the body behind an empty line.</param>
    /// <param name="added">Lines from AddResponseHeaders.</param>
    public uint SendHead(ReadOnlySpan<byte> status, ReadOnlySpan<byte> headers, ReadOnlySpan<byte> added)
    {
        byte[] lines = [.. added, .. headers];
        var head = ResponseHeadParser.Parse(status, lines, StatusCodes.Status200OK, out var bodyOffset, out _);
        fixed (byte* start = lines)
        {
            // The text is whole, so a blank line that is missing is not waited for: the next bytes are body.
            return _response.SendHead(head, HeadTermination.BlankLine, start + bodyOffset, lines.Length - bodyOffset);
        }
    }

    /// <summary>Completes the answer.</summary>
    public ValueTask FinishAsync(bool keepConnection)
    {
        if (!keepConnection)
        {
            _response.WantClose();
        }

        return _response.FinishAsync(StatusCodes.Status200OK, failed: false);
    }

    public void Reset()
    {
        By = null;
        _response.Reset();
    }
}
