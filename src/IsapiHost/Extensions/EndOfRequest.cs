using System.Diagnostics;
using IsapiHost.Mapping;
using IsapiHost.Requests;
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
        if (request.Observer.Trace is { } trace)
        {
            Check(request, trace);
            trace.Tracer.Finish(trace, request.Observer.Use, () => Complete(request, trace));
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
        if (request.Lifetime.Outcome == CallOutcome.Success && response.DeclaredLength is { } declared && declared != response.BytesWritten
            && !BodyRule.ForbidsBody(response.StatusCode, request.Context.Request.Method)
            && !request.Context.RequestAborted.IsCancellationRequested && request.SendUrl is null)
        {
            trace.Add(ViolationRule.ContentLengthMismatch, $"declared {declared}, written {response.BytesWritten}");
        }

        if (request.Side.IsControlBlockChanged)
        {
            trace.Add(ViolationRule.ControlBlockOverwritten);
        }
    }

    private static RequestTrace Complete(ExtensionRequest request, TraceRecorder trace)
    {
        var (calls, leftOut, violations) = trace.Snapshot();
        var context = request.Context;

        // Behind a filter that rewrites URLs a request is looked for under the URL that the client sent.
        var original = context.Features.Get<OriginalRequestLine>();
        return new RequestTrace
        {
            Number = trace.Number,
            Started = trace.StartedAt,
            Method = context.Request.Method,
            Url = SecretMask.Lines(original?.Url ?? context.Features.Get<IHttpRequestFeature>()?.RawTarget ?? ""),
            Path = original is null ? context.Request.Path.Value ?? "" : request.View.Site.UrlDecoder.Decode(RequestTarget.WithoutQuery(original.Url)),
            Module = trace.Module,
            Status = context.Response.StatusCode,
            Bytes = request.Response.BytesSent,
            Framing = request.Response.DecodesChunks ? TraceFraming.DecodedChunks : FramingOf(request.Response.Framing),
            Outcome = OutcomeOf(request.Lifetime.Outcome),
            Milliseconds = Math.Round(Stopwatch.GetElapsedTime(trace.Started).TotalMilliseconds, 3),
            Calls = calls,
            CallsLeftOut = leftOut,
            Violations = violations,
        };
    }

    // Traces are files that people keep: their words do not change with the names in here.
    private static TraceFraming FramingOf(BodyFraming framing) => framing switch
    {
        BodyFraming.None => TraceFraming.None,
        BodyFraming.Length => TraceFraming.Length,
        BodyFraming.OwnChunks => TraceFraming.OwnChunks,
        BodyFraming.DirectChunks => TraceFraming.DirectChunks,
        BodyFraming.Server => TraceFraming.Server,
        _ => TraceFraming.Undecided,
    };

    private static TraceOutcome OutcomeOf(CallOutcome outcome) => outcome switch
    {
        CallOutcome.Success => TraceOutcome.Success,
        CallOutcome.ThreadLost => TraceOutcome.ThreadLost,
        CallOutcome.Abandoned => TraceOutcome.Abandoned,
        _ => TraceOutcome.Error,
    };
}
