namespace IsapiHost.Forwarding;

/// <summary>Two connections joined: what one side sends the other gets, until either ends.</summary>
internal static class ForwardedUpgrade
{
    private const int BufferSize = 16 * 1024;

    /// <summary>Copies both ways; returns when one side has ended and the other was told.</summary>
    public static async Task JoinAsync(Stream client, Stream site, Silence exchange)
    {
        var toSite = CopyAsync(client, site, exchange.Token);
        var toClient = CopyAsync(site, client, exchange.Token);
        await Task.WhenAny(toSite, toClient);

        // Neither stream can end in one direction only.
        await exchange.EndAsync();
        await Task.WhenAll(toSite, toClient);
    }

    private static async Task CopyAsync(Stream from, Stream to, CancellationToken cancellation)
    {
        // The caller must be able to start the other direction.
        await Task.Yield();
        var buffer = new byte[BufferSize];
        try
        {
            for (int count; (count = await from.ReadAsync(buffer, cancellation)) > 0;)
            {
                await to.WriteAsync(buffer.AsMemory(0, count), cancellation);
                await to.FlushAsync(cancellation);
            }
        }
        catch (Exception e) when (e is IOException or OperationCanceledException or ObjectDisposedException or InvalidOperationException)
        {
            // One side has left; there is nobody to tell but the other, who is told by the end.
        }
    }
}
