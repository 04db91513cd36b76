using System.Threading.Tasks.Sources;

namespace IsapiHost.Threading;

/// <summary>What managed code waits for while native code is busy. Used again and again; completed once each time, whoever comes first.</summary>
internal sealed class InlineCompletionSource<T> : IValueTaskSource<T>
{
    private ManualResetValueTaskSourceCore<T> _core;
    private int _completed;

    public ValueTask<T> Task => new(this, _core.Version);

    public void Reset()
    {
        _core.Reset();
        _completed = 0;
    }

    /// <summary>Completes the task; only the first time after <see cref="Reset"/> has an effect.</summary>
    /// <param name="result">Its result.</param>
    /// <param name="inline">
    /// Whether what waits goes on on this extension thread, which native code has just left, and may run more native code there. False where
    /// native code or a lock is still on the stack.
    /// </param>
    public void TrySetResult(T result, bool inline)
    {
        if (Interlocked.Exchange(ref _completed, 1) == 0)
        {
            _core.RunContinuationsAsynchronously = !inline;
            var before = ExtensionThread.SetLeaving(inline);
            _core.SetResult(result);
            ExtensionThread.SetLeaving(before);
        }
    }

    T IValueTaskSource<T>.GetResult(short token) => _core.GetResult(token);

    ValueTaskSourceStatus IValueTaskSource<T>.GetStatus(short token) => _core.GetStatus(token);

    void IValueTaskSource<T>.OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _core.OnCompleted(continuation, state, token, flags);
}
