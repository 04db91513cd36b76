using System.Diagnostics;
using IsapiHost.Responses;
using IsapiHost.Responses.Heads;
using IsapiHost.Tracing;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace IsapiHost.Extensions;

/// <summary>Completes the trace of a request, with the rules that can be judged only when it is over.</summary>
internal static class EndOfRequest
{
    public static void Finish(ExtensionRequest request)
    {
        if (request.Trace is { } trace)
        {
            Check(request, trace);
            trace.Tracer.Finish(trace, request.Use, () => Complete(request, trace));
        }
    }

    private static void Check(ExtensionRequest request, TraceRecorder trace)
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

    private static RequestTrace Complete(ExtensionRequest request, TraceRecorder trace)
    {
        var (calls, leftOut, violations) = trace.Snapshot();
        var context = request.Context;
        return new RequestTrace
        {
            Number = trace.Number,
            Started = trace.StartedAt,
            Method = context.Request.Method,
            Url = SecretMask.Lines(context.Features.Get<IHttpRequestFeature>()?.RawTarget ?? ""),
            Path = context.Request.Path.Value ?? "",
            Module = trace.Module,
            Status = context.Response.StatusCode,
            Bytes = request.Response.BytesSent,
            Framing = request.Response.Framing.ToString(),
            Outcome = request.Outcome.ToString(),
            Milliseconds = Math.Round(Stopwatch.GetElapsedTime(trace.Started).TotalMilliseconds, 3),
            Calls = calls,
            CallsLeftOut = leftOut,
            Violations = violations,
        };
    }
}
