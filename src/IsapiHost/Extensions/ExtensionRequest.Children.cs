using IsapiHost.Extensions.Children;
using IsapiHost.Interop;
using IsapiHost.Responses.Heads;
using IsapiHost.Threading;
using IsapiHost.Transport;
using IsapiHost.Transport.Files;
using Microsoft.AspNetCore.Http;
using Microsoft.Win32.SafeHandles;

namespace IsapiHost.Extensions;

/// <content>Child requests and error pages.</content>
internal sealed partial class ExtensionRequest
{
    /// <summary>How the last child ended; null before there was one.</summary>
    public ChildResult? Child { get; private set; }

    /// <summary>HSE_REQ_EXEC_URL: the child runs after this has returned, and its end is told by a completion.</summary>
    public Win32Error Execute(ChildCall call)
    {
        if (RequestDepth.Below(Context).IsTooDeep)
        {
            return Win32Error.STACK_OVERFLOW;
        }

        if (Response.IsEnded || !TryBegin(0, 0))
        {
            return Win32Error.INVALID_PARAMETER;
        }

        // Off this thread: it is the extension's, and the pipeline may run far before it waits for the first time.
        EndWith(new ValueTask<TransferResult>(Task.Run(() => ExecuteAsync(call))));
        return Win32Error.SUCCESS;
    }

    /// <summary>HSE_REQ_SEND_CUSTOM_ERROR with a page that there is.</summary>
    public Win32Error SendErrorPage(ErrorPage page, int status, string? reason, bool asynchronous)
    {
        if (page.UrlFor(Context, status) is { } url)
        {
            if (asynchronous)
            {
                return Execute(new ChildCall { Url = url, Method = HttpMethods.Get, Entity = [], Status = status });
            }

            // As HSE_REQ_SEND_URL: answered when the extension has returned, since to wait here for another extension could take the last thread.
            SendUrl = url;
            SendUrlStatus = status;
            Response.End();
            return Win32Error.SUCCESS;
        }

        if (page.OpenFile() is not { } file)
        {
            return Win32Error.FILE_NOT_FOUND;
        }

        // Asked now: once it is sent the file is closed.
        var length = RandomAccess.GetLength(file);
        if (asynchronous && !TryBegin(0, 0))
        {
            file.Dispose();
            return Win32Error.INVALID_PARAMETER;
        }

        var sent = SendFileAsync(file, page.HeadFor(status, reason, length));
        if (!asynchronous)
        {
            return SyncOverAsync.For(sent);
        }

        EndWith(sent, (uint)Math.Min(length, uint.MaxValue));
        return Win32Error.SUCCESS;
    }

    private async Task<TransferResult> ExecuteAsync(ChildCall call)
    {
        Child = await _host.Children.RunAsync(this, call);
        return Child.Transfer;
    }

    private async ValueTask<Win32Error> SendFileAsync(SafeFileHandle file, ResponseHead head)
    {
        using (file)
        {
            var error = FileSource.TryOpen(file.DangerousGetHandle(), out var source);
            return error == Win32Error.SUCCESS
                ? await Response.TransmitAsync(head, HeadTermination.BlankLine, new[] { TransferPart.OfFile(source!, 0, source!.Length) }, final: true)
                : error;
        }
    }
}
