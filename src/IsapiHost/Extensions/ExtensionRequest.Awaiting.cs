using IsapiHost.Interop;
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

    private static async ValueTask<TransferResult> WithCountAsync(ValueTask<uint> operation, uint bytes)
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
            await Response.FlushIdleAsync();
            ReleaseShare(inline: false);
        }
    }
}
