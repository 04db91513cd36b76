using IsapiHost.Responses.Heads;
using Microsoft.AspNetCore.Http.Features;

namespace IsapiHost.Responses;

/// <content>What a child request (HSE_REQ_EXEC_URL) sends through the answer of its parent.</content>
internal sealed partial class ResponseWriter
{
    // Within the parent's answer there is one framing, and that is the parent's.
    private bool IsChild => _context.Features.Get<IHttpResponseFeature>() is IChildResponseFeature;

    /// <summary>Uses a child's head, unless a head or a first byte was sent before: then it is dropped.</summary>
    public async ValueTask SendHeadAsync(ResponseHead head)
    {
        await _turn.WaitAsync();
        if (!_ended && !HasOutput && !head.IsInterim)
        {
            Use(head, HeadTermination.BlankLine);
        }

        _turn.Release();
    }

    /// <summary>As the extension's own WriteClient, from managed memory.</summary>
    /// <exception cref="IOException">Nothing may be sent any more.</exception>
    /// <exception cref="Transport.ClientGoneException">The client has left.</exception>
    public async ValueTask WriteAsync(ReadOnlyMemory<byte> data)
    {
        await _turn.WaitAsync();
        try
        {
            if (_ended)
            {
                throw new IOException("The extension has ended the answer.");
            }

            if (!data.IsEmpty)
            {
                await (_head is null ? WriteFirstAsync(data) : WriteBodyAsync(data));
            }
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>
    /// The child that gave this head is over. The length that it promised is not sent yet and binds its parent, which may write more, no longer:
    /// the true one is known at the end.
    /// </summary>
    public async ValueTask ForgetLengthAsync(ResponseHead head)
    {
        await _turn.WaitAsync();
        if (ReferenceEquals(_head, head) && _framing == BodyFraming.Undecided && !_suppressBody)
        {
            _head = head with { ContentLength = null };
        }

        _turn.Release();
    }
}
