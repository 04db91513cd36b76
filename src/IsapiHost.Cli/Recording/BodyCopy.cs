using System.Buffers;

namespace IsapiHost.Cli.Recording;

/// <summary>Passes a body on while it comes, and keeps a copy of it up to a limit.</summary>
internal sealed class BodyCopy : IDisposable
{
    private const int LongestKept = 16 * 1024 * 1024;
    private const int BufferSize = 64 * 1024;

    private readonly MemoryStream _kept = new();

    /// <summary>Whether all of it was kept.</summary>
    public bool IsWhole { get; private set; } = true;

    /// <summary>What was kept; empty if the body was too long.</summary>
    public ReadOnlyMemory<byte> Content => IsWhole ? _kept.ToArray() : ReadOnlyMemory<byte>.Empty;

    public async Task CopyAsync(Stream from, Stream to, CancellationToken cancellation)
    {
        byte[] buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
        try
        {
            for (int count; (count = await from.ReadAsync(buffer, cancellation)) > 0;)
            {
                await to.WriteAsync(buffer.AsMemory(0, count), cancellation);
                await to.FlushAsync(cancellation);
                Keep(buffer.AsSpan(0, count));
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    public void Dispose() => _kept.Dispose();

    private void Keep(ReadOnlySpan<byte> bytes)
    {
        IsWhole &= _kept.Length + bytes.Length <= LongestKept;
        if (IsWhole)
        {
            _kept.Write(bytes);
        }
    }
}
