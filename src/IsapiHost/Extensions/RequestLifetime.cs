using IsapiHost.Interop;
using IsapiHost.Threading;

namespace IsapiHost.Extensions;

/// <summary>
/// Who still needs a request, as one word that changes atomically: generation, flags, and the number of references that native code holds
/// (the running call or the pending extension, callers inside a callback, the outstanding asynchronous operation).
/// </summary>
/// <remarks>
/// <para>
/// HSE_STATUS_PENDING hands the call's reference to the extension, HSE_REQ_DONE_WITH_SESSION gives it back; they may come in any order and
/// from any thread. Whoever gives the last reference back completes <see cref="Completion"/>, exactly once, and holds that reference until what
/// waits for it has been told. When no reference is left and the host has called <see cref="Recycle"/>, <paramref name="recycled"/> runs, exactly once.
/// </para>
/// <para>docs/internals.md has the transitions as a table, RequestLifetimeTests as tests.</para>
/// </remarks>
/// <param name="recycled">The object may serve another request.</param>
internal sealed class RequestLifetime(Action recycled)
{
    private const long ReferenceMask = 0x00FF_FFFF;

    // The session is over: no further caller is let in.
    private const long Done = 1L << 24;

    // HttpExtensionProc has returned HSE_STATUS_PENDING.
    private const long Pending = 1L << 25;

    // The managed side works on the request.
    private const long Host = 1L << 26;
    private const int GenerationShift = 32;

    private readonly InlineCompletionSource<CallOutcome> _completion = new();
    private long _word = Done;

    public uint Generation => (uint)(Volatile.Read(in _word) >> GenerationShift);

    /// <summary>Whether the session was ended.</summary>
    public bool IsDone => (Volatile.Read(in _word) & Done) != 0;

    /// <summary>Whether HttpExtensionProc has returned HSE_STATUS_PENDING.</summary>
    public bool IsPending => (Volatile.Read(in _word) & Pending) != 0;

    /// <summary>How native code has left the request, as far as is known.</summary>
    public CallOutcome Outcome { get; private set; }

    /// <summary>Completes when native code needs the request no longer, or the host does not wait for it any longer.</summary>
    public ValueTask<CallOutcome> Completion => _completion.Task;

    /// <summary>The host takes the request up. Nobody is let in yet.</summary>
    public void Initialize()
    {
        Outcome = CallOutcome.Success;
        _completion.Reset();
        Interlocked.Or(ref _word, Host);
    }

    /// <summary>Begins the next generation with one reference, the call's, which one of the Returned methods gives back.</summary>
    public uint Open()
    {
        var generation = (Generation + 1) & ConnectionId.GenerationMask;
        Volatile.Write(ref _word, ((long)generation << GenerationShift) | Host | 1);
        return generation;
    }

    /// <summary>Takes a reference for a caller that named the generation; false if it is another one or the session was ended.</summary>
    public bool TryEnter(uint generation)
    {
        while (true)
        {
            var word = Volatile.Read(ref _word);
            if ((uint)(word >> GenerationShift) != generation || (word & Done) != 0 || (word & ReferenceMask) == 0)
            {
                return false;
            }

            if (Interlocked.CompareExchange(ref _word, word + 1, word) == word)
            {
                return true;
            }
        }
    }

    /// <summary>Takes another reference; the caller holds one already.</summary>
    public void Add() => Interlocked.Increment(ref _word);

    /// <summary>Gives a reference back.</summary>
    /// <param name="inline">
    /// Whether what follows the last one may run on this thread, which native code has just left; false where native code is still on the stack.
    /// </param>
    public void Release(bool inline)
    {
        while (true)
        {
            var word = Volatile.Read(ref _word);
            if ((word & ReferenceMask) == 1)
            {
                // Nobody can take one any more, since the session is over.
                _completion.TrySetResult(Outcome, inline);
                ReleaseLast();
                return;
            }

            if (Interlocked.CompareExchange(ref _word, word - 1, word) == word)
            {
                return;
            }
        }
    }

    /// <summary>HSE_REQ_DONE_WITH_SESSION; false if it was called before. The caller holds a reference of its own, so none can be the last here.</summary>
    public bool TryEndSession(bool failed)
    {
        while (true)
        {
            var word = Volatile.Read(ref _word);
            if ((word & Done) != 0)
            {
                return false;
            }

            var next = (word & Pending) != 0 ? (word | Done) - 1 : word | Done;
            if (Interlocked.CompareExchange(ref _word, next, word) == word)
            {
                if (failed)
                {
                    Outcome = CallOutcome.Error;
                }

                return true;
            }
        }
    }

    /// <summary>HttpExtensionProc has returned HSE_STATUS_PENDING: its reference is the extension's until the session is ended.</summary>
    public void ReturnedPending(bool inline)
    {
        while (true)
        {
            var word = Volatile.Read(ref _word);
            if ((word & Done) != 0)
            {
                Release(inline);
                return;
            }

            if (Interlocked.CompareExchange(ref _word, word | Pending, word) == word)
            {
                return;
            }
        }
    }

    /// <summary>HttpExtensionProc has returned anything else, has lost its thread or was never called: the session is over.</summary>
    public void Returned(CallOutcome outcome, bool inline)
    {
        if (outcome != CallOutcome.Success)
        {
            Outcome = outcome;
        }

        Interlocked.Or(ref _word, Done);
        Release(inline);
    }

    /// <summary>The host stops and waits for native code no longer, whose references keep the object.</summary>
    public void Abandon()
    {
        Outcome = CallOutcome.Abandoned;
        Interlocked.Or(ref _word, Done);
        _completion.TrySetResult(CallOutcome.Abandoned, inline: false);
    }

    /// <summary>The host is finished with the request.</summary>
    public void Recycle()
    {
        if ((Interlocked.And(ref _word, ~Host) & ReferenceMask) == 0)
        {
            recycled();
        }
    }

    private void ReleaseLast()
    {
        if ((Interlocked.Decrement(ref _word) & (ReferenceMask | Host)) == 0)
        {
            recycled();
        }
    }
}
