using IsapiHost.Interop;
using IsapiHost.Interop.Abi;
using IsapiHost.Responses.Heads;
using IsapiHost.Tracing;
using IsapiHost.Transport;

namespace IsapiHost.Extensions.Support;

/// <summary>What one TRANSMIT_FILE or VECTOR_SEND sends, collected piece by piece.</summary>
/// <param name="capacity">The most pieces there can be.</param>
/// <param name="flags"><see cref="HSE_IO"/>.</param>
/// <param name="completion">Of an asynchronous one; none for the registered one.</param>
internal ref struct Sending(int capacity, uint flags, IoCompletion completion)
{
    private readonly TransferPart[] _parts = new TransferPart[capacity];
    private int _count;
    private ResponseHead? _head;
    private HeadTermination _end;
    private long _bytes;

    /// <summary>A head, and the bytes behind its blank line.</summary>
    public void AddHead(ExtensionRequest request, ReadOnlySpan<byte> status, CallerMemory headers)
    {
        _head = HeadRequests.Parse(request, status, headers.Span, out var bodyOffset, out _end);
        Add(headers.Slice(bodyOffset));
    }

    public void Add(CallerMemory memory)
    {
        if (!memory.IsEmpty)
        {
            Add(TransferPart.OfMemory(memory));
        }
    }

    public void Add(TransferPart part)
    {
        _parts[_count++] = part;
        _bytes += part.Length;
    }

    /// <summary>Sends it; an asynchronous one is under way when this has returned.</summary>
    public readonly ValueTask<Win32Error> SendAsync(ExtensionRequest request)
    {
        var response = request.Response;
        if (response.IsEnded || (_head is not null && response.HasOutput))
        {
            request.Observer.Found(response.IsEnded ? ViolationRule.WriteAfterFinalSend : ViolationRule.HeadSentTwice);
            return new(Win32Error.INVALID_PARAMETER);
        }

        var asynchronous = (flags & HSE_IO.ASYNC) != 0;
        if (asynchronous && !request.Operation.TryBegin(completion))
        {
            return new(Win32Error.INVALID_PARAMETER);
        }

        if ((flags & HSE_IO.DISCONNECT_AFTER_SEND) != 0)
        {
            response.WantClose();
        }

        var parts = _parts.AsMemory(0, _count);
        if (asynchronous)
        {
            request.Observer.Watch(parts.Span);
        }

        var final = (flags & (HSE_IO.DISCONNECT_AFTER_SEND | HSE_IO.FINAL_SEND)) != 0;
        var sent = response.TransmitAsync(_head, _end, parts, final);
        if (!asynchronous)
        {
            return sent;
        }

        request.Operation.EndWith(sent, _bytes);
        return new(Win32Error.SUCCESS);
    }
}
