using IsapiHost.Responses.Chunks;
using IsapiHost.Transport;
using IsapiHost.Transport.Files;
using Microsoft.AspNetCore.Http;

namespace IsapiHost.Responses.Bodies;

/// <summary>
/// The body past Kestrel: large writes from the extension's own memory and files inside the kernel, while Kestrel counts the bytes. What is
/// small goes by <paramref name="small"/>.
/// </summary>
internal sealed class DirectBody(KestrelBody small) : IBodySink
{
    /// <summary>From here on it costs less to send the extension's own memory than to copy it into ours.</summary>
    public const int Threshold = 16 * 1024;

    private HttpContext _context = null!;
    private SocketPipeWriter? _output;
    private bool _looked;
    private bool _kernelFiles;

    /// <summary>Whether the response can go this way.</summary>
    public bool IsOpen
    {
        get
        {
            if (!_looked)
            {
                _looked = true;
                _output = DirectPath.Find(_context);
            }

            return _output is not null;
        }
    }

    /// <summary>Whether this writes the chunks around what it sends.</summary>
    public bool WritesChunks { get; set; }

    /// <summary>The Content-Length that was decided, or null for chunks.</summary>
    public long? Declared { get; set; }

    public void Initialize(HttpContext context, bool kernelFiles)
    {
        _context = context;
        _kernelFiles = kernelFiles;
        _output = null;
        _looked = false;
        WritesChunks = false;
        Declared = null;
    }

    /// <summary>The response is over.</summary>
    public void Reset()
    {
        if (_output is not null)
        {
            DirectPath.ReturnWatch(_output);
            _output = null;
        }
    }

    public ValueTask WriteAsync(ReadOnlyMemory<byte> data) =>
        data.Length > 0 && (WritesChunks || data.Length >= Threshold) ? SendAsync(data) : small.WriteAsync(data);

    public ValueTask WriteFileAsync(FileSource file, long offset, long length) =>
        _kernelFiles ? SendFileAsync(file, offset, length) : FileCopy.SendAsync(file, offset, length, WriteAsync);

    public async ValueTask CompleteAsync()
    {
        if (WritesChunks)
        {
            ChunkText.WriteLast(_context.Response.BodyWriter);
            await _context.Response.BodyWriter.FlushAsync();
        }
    }

    // A filter, or middleware that watches the start, may take the length out of the head: then Kestrel frames the body, and must see it.
    private bool IsFramedAsDecided => Declared is null || _context.Response.ContentLength == Declared;

    private async ValueTask SendAsync(ReadOnlyMemory<byte> data)
    {
        if (await BeginAsync(data.Length))
        {
            await Sent(_output!.SendAsync(data));
            End();
        }
        else
        {
            await small.WriteAsync(data);
        }
    }

    private async ValueTask SendFileAsync(FileSource file, long offset, long length)
    {
        if (await BeginAsync(length))
        {
            await Sent(_output!.SendFileAsync(file, offset, length));
            End();
        }
        else
        {
            await small.WriteFileAsync(file, offset, length);
        }
    }

    private async ValueTask<bool> BeginAsync(long length)
    {
        if (!_context.Response.HasStarted)
        {
            await _context.Response.StartAsync();
        }

        if (!IsFramedAsDecided)
        {
            return false;
        }

        DirectPath.TakeWatch(_context, _output!);
        if (WritesChunks)
        {
            ChunkText.WriteSize(_context.Response.BodyWriter, length);
        }

        DirectPath.Count(_context, _output!, length);
        return true;
    }

    private void End()
    {
        if (WritesChunks)
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
