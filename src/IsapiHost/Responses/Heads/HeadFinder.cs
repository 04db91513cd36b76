using IsapiHost.Responses.Bodies;
using Microsoft.AspNetCore.Http;

namespace IsapiHost.Responses.Heads;

/// <summary>Finds the head in what an extension writes without a head call: holds the bytes until it is clear what they are.</summary>
/// <param name="fallbackStatus">The status of a response that names none.</param>
internal sealed class HeadFinder(Func<int> fallbackStatus)
{
    private static readonly ResponseHead _htmlHead = ResponseHeadParser.Parse(
        "200 OK"u8, "Content-Type: text/html\r\n\r\n"u8, StatusCodes.Status200OK, out _, out _);

    private static readonly ResponseHead _bareHead = ResponseHeadParser.Parse("200 OK"u8, "\r\n"u8, StatusCodes.Status200OK, out _, out _);

    private readonly BodyBuffer _held = new();

    /// <summary>Whether bytes are held.</summary>
    public bool HoldsBytes => _held.Count > 0;

    /// <summary>The head of a body that needs none of its own.</summary>
    public ResponseHead BareHead => WithStatus(_bareHead);

    /// <summary>Looks at the next bytes.</summary>
    /// <param name="data">What was written.</param>
    /// <param name="textAsHtml">Whether mere text is a page.</param>
    /// <param name="head">The head that counts; null when more bytes are needed to tell.</param>
    /// <param name="end">How its text ended.</param>
    /// <returns>The body behind the head, which may be in a buffer that lives until <see cref="Reset"/>.</returns>
    public ReadOnlyMemory<byte> Write(ReadOnlyMemory<byte> data, bool textAsHtml, out ResponseHead? head, out HeadTermination end)
    {
        if (HoldsBytes)
        {
            _held.Add(data.Span, HeadSniffer.MaxBytes);
            return TryHeld(isEnd: false, textAsHtml, out head, out end);
        }

        head = Find(data.Span, isEnd: false, textAsHtml, out var consumed, out end);
        if (head is null)
        {
            _held.Add(data.Span[consumed..], HeadSniffer.MaxBytes);
            return default;
        }

        return data[consumed..];
    }

    /// <summary>No more bytes will come: whatever is held is a head, a body, or nothing but interim heads.</summary>
    public ReadOnlyMemory<byte> Complete(bool textAsHtml, out ResponseHead? head, out HeadTermination end) =>
        TryHeld(isEnd: true, textAsHtml, out head, out end);

    public void Reset() => _held.Reset();

    private ReadOnlyMemory<byte> TryHeld(bool isEnd, bool textAsHtml, out ResponseHead? head, out HeadTermination end)
    {
        head = Find(_held.Span, isEnd, textAsHtml, out var consumed, out end);
        _held.Skip(consumed);
        return head is null ? default : _held.Take();
    }

    // Interim heads are passed over: the head that counts is still to come.
    private ResponseHead? Find(ReadOnlySpan<byte> bytes, bool isEnd, bool textAsHtml, out int consumed, out HeadTermination end)
    {
        consumed = 0;
        end = HeadTermination.BlankLine;
        while (consumed < bytes.Length)
        {
            var rest = bytes[consumed..];
            switch (HeadSniffer.Classify(rest, isEnd))
            {
                case FirstWriteKind.NeedMore:
                    return null;
                case FirstWriteKind.Text:
                    return WithStatus(textAsHtml ? _htmlHead : _bareHead);
                default:
                    var head = ResponseHeadParser.ParseRaw(rest, fallbackStatus(), out var bodyOffset, out end);
                    consumed += bodyOffset;
                    if (!head.IsInterim)
                    {
                        return head;
                    }

                    break;
            }
        }

        return null;
    }

    private ResponseHead WithStatus(ResponseHead head)
    {
        var status = fallbackStatus();
        return head.StatusCode == status ? head : head with { StatusCode = status };
    }
}
