namespace IsapiHost.Threading;

/// <summary>First in, first out; the caller holds the lock.</summary>
internal struct ExtensionWorkQueue
{
    private ExtensionWork? _head;
    private ExtensionWork? _tail;

    public int Count { get; private set; }

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
        return work;
    }
}
