using IsapiHost.Interop;

namespace IsapiHost.Extensions;

/// <summary>
/// The life of one request through native code, as one word that changes atomically: generation, flags, and the number of those who still
/// need the request (the running call or the pending extension, callers inside a native door, outstanding asynchronous operations).
/// </summary>
/// <remarks>
/// HSE_STATUS_PENDING hands the call's share to the extension, HSE_REQ_DONE_WITH_SESSION gives it back; they may come in any order and from
/// any thread. Each method that drops a share says whether it was the last one: exactly one caller gets to finish the request.
/// </remarks>
internal struct RequestReferences
{
    private const long ShareMask = 0x00FF_FFFF;
    private const long Done = 1L << 24;
    private const long Pending = 1L << 25;
    private const int GenerationShift = 32;

    private long _word;

    public readonly uint Generation => (uint)(Volatile.Read(in _word) >> GenerationShift);

    public readonly bool IsDone => (Volatile.Read(in _word) & Done) != 0;

    public readonly bool IsPending => (Volatile.Read(in _word) & Pending) != 0;

    /// <summary>A word that admits nobody.</summary>
    public static RequestReferences Closed => new() { _word = Done };

    /// <summary>Begins the next generation with one share, the call's.</summary>
    public uint Begin()
    {
        var generation = (Generation + 1) & ConnectionId.GenerationMask;
        Volatile.Write(ref _word, ((long)generation << GenerationShift) | 1);
        return generation;
    }

    /// <summary>Takes a share for a caller that named the generation; false if it is another one or the session was ended.</summary>
    public bool TryEnter(uint generation)
    {
        while (true)
        {
            var word = Volatile.Read(ref _word);
            if ((uint)(word >> GenerationShift) != generation || (word & Done) != 0 || (word & ShareMask) == 0)
            {
                return false;
            }

            if (Interlocked.CompareExchange(ref _word, word + 1, word) == word)
            {
                return true;
            }
        }
    }

    /// <summary>Takes another share; the caller holds one already.</summary>
    public void Add() => Interlocked.Increment(ref _word);

    /// <summary>Gives a share back; true if it was the last.</summary>
    public bool Release() => (Interlocked.Decrement(ref _word) & ShareMask) == 0;

    /// <summary>HSE_REQ_DONE_WITH_SESSION; false if it was called before. The caller holds a share of its own, so none can be the last here.</summary>
    public bool TryEndSession()
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
                return true;
            }
        }
    }

    /// <summary>The call returned HSE_STATUS_PENDING; true if the session was ended already and this was the last share.</summary>
    public bool ReturnPending()
    {
        while (true)
        {
            var word = Volatile.Read(ref _word);
            var done = (word & Done) != 0;
            var next = done ? word - 1 : word | Pending;
            if (Interlocked.CompareExchange(ref _word, next, word) == word)
            {
                return done && (next & ShareMask) == 0;
            }
        }
    }

    /// <summary>The call returned anything else: the session is over; true if this was the last share.</summary>
    public bool ReturnFinal()
    {
        Interlocked.Or(ref _word, Done);
        return Release();
    }

    /// <summary>Refuses all further callers without waiting for those inside; for a host that stops.</summary>
    public void Close() => Interlocked.Or(ref _word, Done);
}
