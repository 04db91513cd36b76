using IsapiHost.Extensions.Children;
using IsapiHost.Interop;
using IsapiHost.Interop.Abi;
using IsapiHost.Responses.Heads;
using IsapiHost.Tracing;
using IsapiHost.Transport;
using IsapiHost.Transport.Files;
using IsapiHost.Variables;
using Microsoft.AspNetCore.Http;
using Microsoft.Win32.SafeHandles;

namespace IsapiHost.Extensions;

/// <content>What an extension can ask of its request, and what the host does for it while it takes its time.</content>
internal sealed partial class ExtensionRequest
{
    private const int IdleMilliseconds = 100;

    /// <summary>How the last child ended; null before there was one.</summary>
    public ChildResult? Child { get; private set; }

    /// <summary>GetServerVariable.</summary>
    /// <param name="name">Without NUL.</param>
    /// <param name="destination">Untouched unless the whole value fits with its NUL.</param>
    /// <param name="size">What was written or is needed.</param>
    public Win32Error GetServerVariable(ReadOnlySpan<byte> name, Span<byte> destination, ref uint size) =>
        ServerVariables.Answer(View, name, destination, ref size);

    /// <summary>WriteClient. Completes when the bytes are gathered or sent; with HSE_IO_ASYNC when the operation has begun.</summary>
    public ValueTask<Win32Error> WriteClientAsync(CallerMemory data, uint flags)
    {
        if (data.Length > int.MaxValue)
        {
            return new(Win32Error.INVALID_PARAMETER);
        }

        var asynchronous = (flags & HSE_IO.ASYNC) != 0;
        if (Response.IsEnded && (asynchronous || !data.IsEmpty))
        {
            Observer.Found(ViolationRule.WriteAfterFinalSend);
        }

        return asynchronous ? new(BeginWrite(data)) : Response.WriteAsync(data);
    }

    /// <summary>ReadClient. Completes when there are bytes, or the body is at its end.</summary>
    public ValueTask<TransferResult> ReadClientAsync(CallerMemory buffer) => Body.ReadAsync(buffer);

    /// <summary>HSE_REQ_ASYNC_READ_CLIENT.</summary>
    public Win32Error BeginRead(CallerMemory buffer)
    {
        if (!Operation.TryBegin(isReading: true))
        {
            return Win32Error.INVALID_PARAMETER;
        }

        Operation.EndWith(Body.ReadAsync(buffer));
        return Win32Error.SUCCESS;
    }

    /// <summary>HSE_REQ_CANCEL_IO. A read ends by itself; a response cut in the middle is of no use, so for anything else the connection goes.</summary>
    public Win32Error CancelOperation()
    {
        if (!Operation.IsOutstanding)
        {
            return Win32Error.NOT_FOUND;
        }

        if (Operation.IsReading)
        {
            Body.CancelRead();
        }
        else
        {
            Context.Abort();
        }

        return Win32Error.SUCCESS;
    }

    /// <summary>HSE_REQ_DONE_WITH_SESSION.</summary>
    public Win32Error EndSession(uint status) =>
        Lifetime.TryEndSession(failed: status == HSE_STATUS.ERROR) ? Win32Error.SUCCESS : Win32Error.INVALID_PARAMETER;

    /// <summary>HSE_APPEND_LOG_PARAMETER.</summary>
    public void AppendLogText(string text) => _logTexts.Add(text);

    /// <summary>HSE_REQ_CLOSE_CONNECTION. Does not wait for the client to take what was written before.</summary>
    public Win32Error CloseConnection()
    {
        Lifetime.Add();
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
                Lifetime.Release(inline: false);
            }
        }
    }

    /// <summary>HSE_REQ_EXEC_URL: the child runs after this has returned, and its end is told by a completion.</summary>
    public Win32Error Execute(ChildCall call)
    {
        if (RequestDepth.Below(Context).IsTooDeep)
        {
            return Win32Error.STACK_OVERFLOW;
        }

        if (Response.IsEnded || !Operation.TryBegin())
        {
            return Win32Error.INVALID_PARAMETER;
        }

        // Off this thread: it is the extension's, and the pipeline may run far before it waits for the first time.
        Operation.EndWith(new ValueTask<TransferResult>(Task.Run(() => ExecuteAsync(call))));
        return Win32Error.SUCCESS;
    }

    /// <summary>HSE_REQ_SEND_CUSTOM_ERROR with a page that there is.</summary>
    public ValueTask<Win32Error> SendErrorPageAsync(ErrorPage page, int status, string? reason, bool asynchronous)
    {
        if (page.UrlFor(Context, status) is { } url)
        {
            if (asynchronous)
            {
                return new(Execute(new ChildCall { Url = url, Method = HttpMethods.Get, Entity = [], Status = status }));
            }

            // As HSE_REQ_SEND_URL: sent when the extension has returned, since to wait here for another extension could take the last thread.
            SendUrl = url;
            SendUrlStatus = status;
            Response.End();
            return new(Win32Error.SUCCESS);
        }

        if (page.OpenFile() is not { } file)
        {
            return new(Win32Error.FILE_NOT_FOUND);
        }

        // Asked now: once it is sent the file is closed.
        var length = RandomAccess.GetLength(file);
        if (asynchronous && !Operation.TryBegin())
        {
            file.Dispose();
            return new(Win32Error.INVALID_PARAMETER);
        }

        var sent = SendFileAsync(file, page.HeadFor(status, reason, length));
        if (!asynchronous)
        {
            return sent;
        }

        Operation.EndWith(sent, length);
        return new(Win32Error.SUCCESS);
    }

    /// <summary>Sends what was gathered some time ago, and looks for a request that takes too long.</summary>
    public void OnHeartbeat(long now)
    {
        // The reference keeps the request, and with it its HttpContext, from being used for another one meanwhile.
        if (!Lifetime.TryEnter(Lifetime.Generation))
        {
            return;
        }

        if (Response.HasGathered && now - Response.LastGathered >= IdleMilliseconds)
        {
            SendWhatIsGathered();
        }

        Observer.OnHeartbeat(isForgotten: Lifetime.IsPending && !Operation.IsOutstanding);
        if (Host.RequestTimeWarning is { } limit && _watch.IsLonger(limit))
        {
            Host.Log.TakesLong(Context.Request.Method, Context.Request.Path, Module.Path, limit.TotalSeconds);
        }

        Lifetime.Release(inline: false);
    }

    private Win32Error BeginWrite(CallerMemory data)
    {
        if (Response.IsEnded || !Operation.TryBegin())
        {
            return Win32Error.INVALID_PARAMETER;
        }

        Observer.Watch([TransferPart.OfMemory(data)]);
        Operation.EndWith(Response.WriteAsync(data), data.Length);
        return Win32Error.SUCCESS;
    }

    private void SendWhatIsGathered()
    {
        // Once the session is ended the response is about to be completed as a whole.
        if (Response.HasGathered && !Lifetime.IsDone)
        {
            Lifetime.Add();
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
                Lifetime.Release(inline: false);
            }
        }
    }

    private async Task<TransferResult> ExecuteAsync(ChildCall call)
    {
        Child = await Host.Children.RunAsync(this, call);
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
