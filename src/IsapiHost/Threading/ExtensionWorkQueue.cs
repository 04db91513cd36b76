namespace IsapiHost.Threading;

/// <summary>First in, first out; the caller holds the lock.</summary>
internal struct ExtensionWorkQueue
{
    private ExtensionWork? _head;
    private ExtensionWork? _tail;

    public int Count { get; private set; }

    /// <summary>Those of them that begin something new.</summary>
    public int NewCount { get; private set; }

    public readonly ExtensionWork? Oldest => _head;

    public void Enqueue(ExtensionWork work)
    {
        work.Next = null;
        if (_tail is null)
        {
            _head = work;
        }
        else
        {
            _tail.Next = work;
        }

        _tail = work;
        Count++;
        NewCount += work.IsAdmitted ? 0 : 1;
    }

    public ExtensionWork? Dequeue()
    {
        var work = _head;
        if (work is null)
        {
            return null;
        }

        _head = work.Next;
        if (_head is null)
        {
            _tail = null;
        }

        work.Next = null;
        Count--;
        NewCount -= work.IsAdmitted ? 0 : 1;
        return work;
    }

    /// <summary>Lets go of all that can run elsewhere; the rest keeps its order.</summary>
    public void RunElsewhere()
    {
        for (var left = Count; left > 0; left--)
        {
            var work = Dequeue()!;
            if (!work.TryRunElsewhere())
            {
                Enqueue(work);
            }
        }
    }
}
