using System.Diagnostics;

namespace IsapiHost.Extensions;

/// <summary>How long a request has been in its extension, until somebody was told once.</summary>
internal struct RequestWatch
{
    // 0 while nobody wants to know, and once it was told.
    private long _enteredAt;

    public void Start() => _enteredAt = Stopwatch.GetTimestamp();

    /// <summary>True once, for the first caller after the limit has passed.</summary>
    public bool IsLonger(TimeSpan limit)
    {
        var enteredAt = Volatile.Read(ref _enteredAt);
        return enteredAt != 0 && Stopwatch.GetElapsedTime(enteredAt) > limit
            && Interlocked.CompareExchange(ref _enteredAt, 0, enteredAt) == enteredAt;
    }
}
