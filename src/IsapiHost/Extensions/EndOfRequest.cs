using IsapiHost.Responses;
using IsapiHost.Responses.Heads;
using IsapiHost.Tracing;
using Microsoft.AspNetCore.Http;

namespace IsapiHost.Extensions;

/// <summary>The rules that can be judged when a request is over.</summary>
internal static class EndOfRequest
{
    public static void Check(ExtensionRequest request, TraceRecorder trace)
    {
        var response = request.Response;
        if (response.HeadFaults != ResponseHeadFaults.None && !trace.Has(ViolationRule.HeadMalformed))
        {
            trace.Add(ViolationRule.HeadMalformed, response.HeadFaults.ToString());
        }

        // An answer that was broken off says nothing, and a HEAD request may be answered without the body.
        if (request.Outcome == CallOutcome.Success && response.DeclaredLength is { } declared && declared != response.BytesWritten
            && !BodyRule.ForbidsBody(response.StatusCode, request.Context.Request.Method)
            && !request.Context.RequestAborted.IsCancellationRequested && request.SendUrl is null)
        {
            trace.Add(ViolationRule.ContentLengthMismatch, $"declared {declared}, written {response.BytesWritten}");
        }

        if (request.IsControlBlockChanged)
        {
            trace.Add(ViolationRule.ControlBlockOverwritten);
        }
    }
}
