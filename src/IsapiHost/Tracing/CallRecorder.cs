using System.Diagnostics;
using IsapiHost.Interop;

namespace IsapiHost.Tracing;

/// <summary>A call of a <see cref="TraceRecorder"/>, from its beginning on.</summary>
internal sealed class CallRecorder(TraceRecorder trace, string name, string arguments, bool isOfHost, CallRecorder? previous, CallRecorder? completes = null)
{
    private readonly long _began = Stopwatch.GetTimestamp();
    private readonly int _thread = NativeThreadId.Current;
    private string _result = "";
    private uint _lastError;
    private long _ended;

    public TraceRecorder Trace => trace;

    public string Name => name;

    public bool IsOfHost => isOfHost;

    /// <summary>The position among the calls of the trace; null for one that is counted only.</summary>
    public int? Index { get; set; }

    /// <summary>The call around this one on the same thread.</summary>
    public CallRecorder? Previous => previous;

    /// <summary>The end of a call that answers TRUE, or FALSE and a last error.</summary>
    public void End(Win32Error error, string value = "")
    {
        _lastError = (uint)error;
        End(error != Win32Error.SUCCESS ? "FALSE" : value.Length > 0 ? $"TRUE {value}" : "TRUE");
    }

    /// <summary>The end of a call that answers TRUE or FALSE, unless it was given already.</summary>
    public void EndIfOpen(Win32Error error)
    {
        if (Volatile.Read(ref _ended) == 0)
        {
            End(error);
        }
    }

    /// <summary>The end of any other call.</summary>
    public void End(string result)
    {
        _result = result;
        Volatile.Write(ref _ended, Stopwatch.GetTimestamp());
        trace.Ended(this);
    }

    public TracedCall ToTraced()
    {
        var ended = Volatile.Read(ref _ended);
        return new TracedCall(
            name,
            arguments,
            ended == 0 ? "" : _result,
            ended == 0 ? 0 : _lastError,
            _thread,
            Round(Stopwatch.GetElapsedTime(trace.Started, _began)),
            Round(Stopwatch.GetElapsedTime(_began, ended == 0 ? Stopwatch.GetTimestamp() : ended)),
            previous is not null && previous.Trace == trace ? previous.Index : null,
            completes?.Index);
    }

    public override string ToString() => $"{name}({arguments})";

    private static double Round(TimeSpan time) => Math.Max(0, Math.Round(time.TotalMilliseconds, 3));
}
