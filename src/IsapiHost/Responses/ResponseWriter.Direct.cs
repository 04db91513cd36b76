using IsapiHost.Responses.Chunks;
using IsapiHost.Transport;
using IsapiHost.Transport.Files;

namespace IsapiHost.Responses;

/// <content>The way past Kestrel, for the memory of an extension and for files.</content>
internal sealed partial class ResponseWriter
{
    private bool _directLooked;

    /// <summary>The direct output when it can be used for this response, else null.</summary>
    private SocketPipeWriter? Direct
    {
        get
        {
            if (!_directLooked)
            {
                _directLooked = true;
                _direct = DirectPath.Find(_context);
            }

            return _direct;
        }
    }

    // Without a declared length a large write may still turn out to be the whole answer, whose length is then known.
    private bool HasDirectLength => _head?.ContentLength is not null && Direct is not null;

    private bool IsDirect => _framing is BodyFraming.Length or BodyFraming.DirectChunks or BodyFraming.OwnChunks && Direct is not null;

    private async ValueTask SendDirectAsync(ReadOnlyMemory<byte> data)
    {
        BeginDirect(data.Length);
        await Sent(Direct!.SendAsync(data));
        EndDirect();
        _bodySent += data.Length;
    }

    private async ValueTask SendFileAsync(FileSource file, long offset, long length)
    {
        if (_framing == BodyFraming.Undecided)
        {
            Commit(completeLength: null);
        }

        if (length == 0 || _framing == BodyFraming.None)
        {
            return;
        }

        if (_framing == BodyFraming.Length)
        {
            length = Math.Min(length, Room);
        }

        // An extension that writes chunks itself frames the file as well; what it sends is followed byte by byte.
        if (!IsDirect || _framing == BodyFraming.OwnChunks || !_settings.KernelFileTransfer || !await StartDirectAsync())
        {
            await CopyFileAsync(file, offset, length);
            return;
        }

        BeginDirect(length);
        await Sent(Direct!.SendFileAsync(file, offset, length));
        EndDirect();
        _bodySent += length;
    }

    // Sends the head. A filter, or middleware that watches the start, may take the length out of it: then the body is Kestrel's to frame.
    private async ValueTask<bool> StartDirectAsync()
    {
        if (!_context.Response.HasStarted)
        {
            await _context.Response.StartAsync();
            if (_framing == BodyFraming.Length && _context.Response.ContentLength != _declared)
            {
                _framing = BodyFraming.Server;
            }
        }

        return _framing != BodyFraming.Server;
    }

    private void BeginDirect(long length)
    {
        DirectPath.TakeWatch(_context, Direct!);
        if (_framing == BodyFraming.DirectChunks)
        {
            ChunkText.WriteSize(_context.Response.BodyWriter, length);
        }

        DirectPath.Count(_context, Direct!, length);
    }

    private void EndDirect()
    {
        if (_framing == BodyFraming.DirectChunks)
        {
            ChunkText.WriteEnd(_context.Response.BodyWriter);
        }
    }

    private async ValueTask Sent(ValueTask<bool> sending)
    {
        if (!await sending || _context.RequestAborted.IsCancellationRequested)
        {
            throw new ClientGoneException();
        }
    }
}
