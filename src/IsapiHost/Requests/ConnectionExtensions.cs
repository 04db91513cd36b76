using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http;

namespace IsapiHost.Requests;

/// <summary>Ways to end the connection of a request.</summary>
internal static class ConnectionExtensions
{
    private static readonly TimeSpan _abortLimit = TimeSpan.FromSeconds(1);

    /// <summary>Asks for the connection to end with this response, which has not started. The streams of HTTP/2 and later stay.</summary>
    public static void CloseConnection(this HttpContext context)
    {
        if (context.Request.IsHttp1())
        {
            context.Response.Headers.Connection = "close";
        }
    }

    /// <summary>The same when the head has gone out already.</summary>
    public static void CloseConnectionAfterResponse(this HttpContext context)
    {
        if (context.Request.IsHttp1())
        {
            context.Features.Get<IConnectionLifetimeNotificationFeature>()?.RequestClose();
        }
    }

    /// <summary>
    /// The client has left, or the response cannot be completed: ends the connection, or the stream, and completes when
    /// <see cref="HttpContext.RequestAborted"/> says so, which the server does a moment later on another thread. Who comes before us in the
    /// pipeline would otherwise take the unfinished response for a mistake of the application.
    /// </summary>
    public static async ValueTask AbortAsync(this HttpContext context)
    {
        context.Abort();
        var aborted = context.RequestAborted;
        if (!aborted.CanBeCanceled || aborted.IsCancellationRequested)
        {
            return;
        }

        var told = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = aborted.UnsafeRegister(static told => ((TaskCompletionSource)told!).TrySetResult(), told);
        try
        {
            await told.Task.WaitAsync(_abortLimit);
        }
        catch (TimeoutException)
        {
            // The token is the application's own and has nothing to do with the connection.
        }
    }
}
