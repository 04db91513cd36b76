namespace IsapiHost.Threading;

/// <summary>Something that calls native code and therefore runs on an extension thread.</summary>
/// <remarks>The queue is threaded through the items themselves, so that queueing allocates nothing; an item is in the queue at most once.</remarks>
internal abstract class ExtensionWork
{
    internal ExtensionWork? Next { get; set; }

    /// <summary><see cref="Environment.TickCount64"/> of the moment it was queued.</summary>
    internal long QueuedAt { get; set; }

    /// <summary>Whether it is part of something that runs already, and so takes up no place that the queue has for new requests.</summary>
    internal bool IsAdmitted { get; set; }

    /// <summary>Runs on an extension thread; must not throw.</summary>
    public abstract void Run();

    /// <summary>The native code ended the thread that ran this item, so <see cref="Run"/> will never return.</summary>
    public abstract void ThreadLost();

    /// <summary>All extension threads are blocked: work that needs none of them says true, and goes on on another one.</summary>
    public virtual bool TryRunElsewhere() => false;
}
