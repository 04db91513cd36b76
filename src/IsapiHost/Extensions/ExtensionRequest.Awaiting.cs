using IsapiHost.Interop;
using IsapiHost.Interop.Abi;
using IsapiHost.Transport;

namespace IsapiHost.Extensions;

/// <content>What goes on after the native call that began it has returned. Apart from the rest since unsafe code cannot await.</content>
internal sealed partial class ExtensionRequest
{
    private async Task AwaitAsync(ValueTask<TransferResult> operation)
    {
        var result = TransferResult.Failed(Win32Error.WRITE_FAULT);
        try
        {
            result = await operation;
        }
        catch (Exception e)
        {
            Failed(e, "asynchronous operation");
        }

        End(result);
    }

    private static async ValueTask<TransferResult> WithCountAsync(ValueTask<Win32Error> operation, uint bytes)
    {
        var error = await operation;
        return error == Win32Error.SUCCESS ? TransferResult.Done(bytes) : TransferResult.Failed(error);
    }

    private void SendWhatIsGathered()
    {
        // Once the session is ended the answer is about to be completed as a whole.
        if (Response.HasGathered && !_shares.IsDone)
        {
            _shares.Add();
            _ = SendAsync();
        }

        async Task SendAsync()
        {
            try
            {
                // A client that has left is told to the extension at its next write.
                await Response.FlushIdleAsync();
            }
            catch (Exception e)
            {
                Failed(e, "flush of a response that stood still");
            }
            finally
            {
                ReleaseShare(inline: false);
            }
        }
    }

    /// <summary>HSE_REQ_CLOSE_CONNECTION. Does not wait for the client to take what was written before.</summary>
    public Win32Error CloseConnection()
    {
        _shares.Add();
        _ = CloseAsync();
        return Win32Error.SUCCESS;

        async Task CloseAsync()
        {
            try
            {
                await Response.CloseAsync();
            }
            catch (Exception e)
            {
                Failed(e, nameof(HSE_REQ.CLOSE_CONNECTION));
                Context.Abort();
            }
            finally
            {
                ReleaseShare(inline: false);
            }
        }
    }
}
