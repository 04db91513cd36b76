using System.Diagnostics;
using Microsoft.AspNetCore.Http;

namespace IsapiHost.Testing;

/// <summary>Counts the requests that are on the server: each is so for a moment longer than until the client has its response. Thread-safe.</summary>
internal sealed class RequestsInProgress
{
    private static readonly TimeSpan _pause = TimeSpan.FromMilliseconds(2);

    private int _count;

    /// <summary>The first middleware of the application.</summary>
    public async Task PassAsync(HttpContext context, RequestDelegate next)
    {
        Interlocked.Increment(ref _count);
        try
        {
            await next(context);
        }
        finally
        {
            Interlocked.Decrement(ref _count);
        }
    }

    /// <summary>Waits until all are over; false if some are not within the limit.</summary>
    public async Task<bool> EndAsync(TimeSpan limit, CancellationToken cancellationToken)
    {
        long started = Stopwatch.GetTimestamp();
        while (Volatile.Read(ref _count) > 0)
        {
            if (Stopwatch.GetElapsedTime(started) > limit)
            {
                return false;
            }

            await Task.Delay(_pause, cancellationToken);
        }

        return true;
    }
}
