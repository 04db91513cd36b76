using System.Buffers;
using IsapiHost.Responses.Heads;
using IsapiHost.Transport;
using IsapiHost.Transport.Files;

namespace IsapiHost.Responses;

/// <content>The body: gathered while it is small, sent when it is not.</content>
internal sealed partial class ResponseWriter
{
    // From here on it costs less to send the extension's own memory than to copy it into ours.
    private const int DirectThreshold = 16 * 1024;

    private const int CopySize = 64 * 1024;

    private bool IsUnbuffered => Unbuffered || _settings.BufferLimit == 0;

    /// <summary><see cref="Environment.TickCount64"/> of the last write that was gathered.</summary>
    public long LastGathered { get; private set; }

    private ValueTask WriteBodyAsync(ReadOnlyMemory<byte> data)
    {
        if (_missingTerminator.IsAwaited)
        {
            // The head came without its blank line; the extension may send that as its first "body" bytes.
            data = data[_missingTerminator.Skip(data.Span)..];
        }

        BytesWritten += data.Length;
        if (_suppressBody)
        {
            return default;
        }

        if (!IsUnbuffered && _gatheredCount + data.Length <= _settings.BufferLimit && !(data.Length >= DirectThreshold && HasDirectLength))
        {
            Gather(data.Span);
            return default;
        }

        return SendBodyAsync(data);
    }

    private async ValueTask SendBodyAsync(ReadOnlyMemory<byte> data)
    {
        await FlushGatheredAsync(evenHeadOnly: false);
        if (!IsUnbuffered && data.Length < Math.Min(_settings.BufferLimit, DirectThreshold))
        {
            Gather(data.Span);
        }
        else
        {
            await SendAsync(data);
        }
    }

    private async ValueTask WritePartsAsync(ReadOnlyMemory<TransferPart> parts, bool final)
    {
        long total = 0;
        for (var i = 0; i < parts.Length; i++)
        {
            total += parts.Span[i].Length;
        }

        if (_head is null && _gatheredCount == 0 && total > 0 && parts.Span[0].File is not null)
        {
            // A file without any head: there is nothing in it to look for one.
            Use(s_bareHead, HeadTermination.BlankLine);
        }

        if (final && _head is not null && _framing == BodyFraming.Undecided)
        {
            Commit(_gatheredCount + total);
        }

        for (var i = 0; i < parts.Length; i++)
        {
            await WritePartAsync(parts.Span[i]);
        }

        if (_head is not null && !_suppressBody)
        {
            await FlushGatheredAsync(evenHeadOnly: true);
        }
    }

    private async ValueTask WritePartAsync(TransferPart part)
    {
        if (part.File is not { } file)
        {
            for (long done = 0; done < part.Length;)
            {
                var step = (int)Math.Min(part.Length - done, int.MaxValue);
                await WriteAnyAsync(part.Memory + (nint)done, step);
                done += step;
            }

            return;
        }

        BytesWritten += part.Length;
        if (_suppressBody)
        {
            return;
        }

        await FlushGatheredAsync(evenHeadOnly: false);
        await SendFileAsync(file, part.Offset, part.Length);
    }

    private void Gather(ReadOnlySpan<byte> data)
    {
        var needed = _gatheredCount + data.Length;
        if (_gathered is null || _gathered.Length < needed)
        {
            var larger = ArrayPool<byte>.Shared.Rent(Math.Max(needed, Math.Min((_gathered?.Length ?? 2048) * 2, _settings.BufferLimit)));
            if (_gathered is not null)
            {
                _gathered.AsSpan(0, _gatheredCount).CopyTo(larger);
                ArrayPool<byte>.Shared.Return(_gathered);
            }

            _gathered = larger;
        }

        data.CopyTo(_gathered.AsSpan(_gatheredCount));
        _gatheredCount = needed;
        LastGathered = Environment.TickCount64;
    }

    private async ValueTask FlushGatheredAsync(bool evenHeadOnly)
    {
        if (_gatheredCount > 0 || (evenHeadOnly && !_context.Response.HasStarted))
        {
            var count = _gatheredCount;
            _gatheredCount = 0;
            await SendAsync(_gathered.AsMemory(0, count));
        }
    }

    private async ValueTask CopyFileAsync(FileSource file, long offset, long length)
    {
        var buffer = ArrayPool<byte>.Shared.Rent((int)Math.Min(length, CopySize));
        try
        {
            while (length > 0)
            {
                var count = await file.ReadAsync(buffer.AsMemory(0, (int)Math.Min(length, buffer.Length)), offset);
                if (count == 0)
                {
                    // The file became shorter since its length was taken; a declared length cannot be kept any more.
                    throw new FileTransferException("The file ended early.");
                }

                await SendAsync(buffer.AsMemory(0, count));
                offset += count;
                length -= count;
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
