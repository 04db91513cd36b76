using System.IO.Pipelines;
using System.Net;

namespace IsapiHost.Forwarding;

/// <summary>The body of a request on its way to the site: each piece goes on when it has come, and the next is read when the site has taken it.</summary>
/// <param name="body">What the client sends.</param>
/// <param name="length">The length that it announced; null sends the body in chunks.</param>
/// <param name="silence">Is told of each piece.</param>
internal sealed class ForwardedBody(PipeReader body, long? length, Silence silence) : HttpContent
{
    private readonly TaskCompletionSource _finished = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _started;

    /// <summary>What went wrong on the client's side; null while nothing did.</summary>
    public Exception? ClientFault { get; private set; }

    /// <summary>
    /// Waits until the body is no longer read: a response, or a failure, may come before its end.
    /// The reading ends with the token of <see cref="Silence"/> at the latest.
    /// </summary>
    public Task WaitUntilReleasedAsync() => Interlocked.Exchange(ref _started, 1) == 0 ? Task.CompletedTask : _finished.Task;

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        if (Interlocked.Exchange(ref _started, 1) != 0)
        {
            throw new HttpRequestException("The body of a forwarded request can be sent once only.");
        }

        try
        {
            await CopyAsync(stream);
        }
        finally
        {
            _finished.SetResult();
        }
    }

    protected override bool TryComputeLength(out long computed)
    {
        computed = length ?? 0;
        return length is not null;
    }

    private async Task CopyAsync(Stream stream)
    {
        while (true)
        {
            ReadResult read;
            try
            {
                read = await body.ReadAsync(silence.Token);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                ClientFault = e;
                throw;
            }

            foreach (var piece in read.Buffer)
            {
                await stream.WriteAsync(piece, silence.Token);
            }

            body.AdvanceTo(read.Buffer.End);
            if (read.IsCompleted)
            {
                return;
            }

            // The client's library keeps small pieces back otherwise.
            await stream.FlushAsync(silence.Token);
            silence.Break();
        }
    }
}
