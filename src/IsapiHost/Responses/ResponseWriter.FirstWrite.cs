using IsapiHost.Responses.Heads;
using Microsoft.AspNetCore.Http;

namespace IsapiHost.Responses;

/// <content>Bytes that an extension writes before, or without, any head.</content>
internal sealed partial class ResponseWriter
{
    private static readonly ResponseHead s_htmlHead = ResponseHeadParser.Parse(
        "200 OK"u8, "Content-Type: text/html\r\n\r\n"u8, StatusCodes.Status200OK, out _, out _);

    private static readonly ResponseHead s_bareHead = ResponseHeadParser.Parse(
        "200 OK"u8, "\r\n"u8, StatusCodes.Status200OK, out _, out _);

    /// <summary>Holds the bytes until it is clear what they are; then the head in front of them is used and the rest is body.</summary>
    private ValueTask WriteFirstAsync(ReadOnlyMemory<byte> data)
    {
        if (_gatheredCount == 0 && TryUseFirst(data.Span, isEnd: false, out var bodyOffset))
        {
            return WriteBodyAsync(data[bodyOffset..]);
        }

        Gather(data.Span);
        return WriteHeldAsync(isEnd: false);
    }

    private ValueTask WriteHeldAsync(bool isEnd)
    {
        if (!TryUseFirst(_gathered.AsSpan(0, _gatheredCount), isEnd, out var bodyOffset))
        {
            return default;
        }

        // The held bytes move out of the buffer, into which they may be gathered again as body.
        var held = _gathered.AsSpan(bodyOffset, _gatheredCount - bodyOffset).ToArray();
        _gatheredCount = 0;
        return WriteBodyAsync(held);
    }

    /// <summary>False when more bytes are needed to tell.</summary>
    private bool TryUseFirst(ReadOnlySpan<byte> bytes, bool isEnd, out int bodyOffset)
    {
        bodyOffset = 0;
        switch (HeadSniffer.Classify(bytes, isEnd))
        {
            case FirstWriteKind.NeedMore:
                return false;
            case FirstWriteKind.Text:
                Use(_settings.TextAsHtml ? s_htmlHead : s_bareHead, HeadTermination.BlankLine);
                return true;
            default:
                var head = ResponseHeadParser.ParseRaw(bytes, StatusCodes.Status200OK, out bodyOffset, out var end);
                Use(head, end);
                return true;
        }
    }
}
