using IsapiHost.Diagnostics;
using IsapiHost.Interop;
using IsapiHost.Transport;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace IsapiHost.Extensions.Children;

/// <summary>Runs child requests (HSE_REQ_EXEC_URL) through the application's pipeline; each writes into its parent's answer.</summary>
internal sealed class ChildRequests(ApplicationPipeline pipeline, ExtensionLog log)
{
    /// <summary>Runs one to its end. The caller holds the parent meanwhile.</summary>
    public async Task<ChildResult> RunAsync(ExtensionRequest parent, ChildCall call)
    {
        var (readAhead, unread) = call.Entity is null ? parent.Body.Unread : ([], call.Entity.LongLength);
        await using Stream entity = call.Entity is null ? new ChildRequestStream(parent.Body, readAhead) : new MemoryStream(call.Entity, writable: false);

        var method = call.Method ?? parent.Context.Request.Method;
        var response = new ChildResponse(
            parent.Response, call, lengthCounts: !HttpMethods.IsHead(method) || HttpMethods.IsHead(parent.Context.Request.Method));
        var body = new StreamResponseBodyFeature(new ChildResponseStream(response));
        response.Body = body.Stream;

        var features = ChildFeatures.Create(parent, call, entity, unread);
        features.Set<IHttpResponseFeature>(response);
        features.Set<IHttpResponseBodyFeature>(body);
        var context = pipeline.CreateContext(features);
        ChildFeatures.Complete(context, pipeline.Services);
        try
        {
            await pipeline.RunAsync(context);
            await body.CompleteAsync();

            // A short answer may have been gathered for a client that has left, or whom CANCEL_IO has sent away.
            return new ChildResult(
                response.StatusCode,
                parent.IsConnected
                    ? TransferResult.Done((uint)Math.Min(response.BytesWritten, uint.MaxValue))
                    : TransferResult.Failed(Win32Error.NETNAME_DELETED));
        }
        catch (Exception e)
        {
            if (!TransferError.TryGet(e, out var error))
            {
                log.ChildFailed(e, method, features.GetRequiredFeature<IHttpRequestFeature>().RawTarget, parent.Module.Path);
                error = Win32Error.INVALID_FUNCTION;
            }

            return new ChildResult(StatusCodes.Status500InternalServerError, TransferResult.Failed(error));
        }
        finally
        {
            await response.EndAsync();
            pipeline.DisposeContext(context);
        }
    }
}
