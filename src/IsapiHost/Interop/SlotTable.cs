namespace IsapiHost.Interop;

/// <summary>
/// The objects that native code names by a <see cref="ConnectionId"/>: in use, or waiting to be used again. Slots are never freed, so
/// that an id that a module kept for too long still meets an object that can refuse it. Thread-safe; finding takes no lock.
/// </summary>
/// <param name="create">Makes the object of a slot, given its index.</param>
/// <param name="rest">How many others are given back before an object is used again; 0 for the one that was given back last, which is still in the caches.</param>
internal sealed class SlotTable<T>(Func<int, T> create, int rest = 0)
    where T : class
{
    private readonly Lock _gate = new();
    private readonly Queue<T> _resting = new();
    private readonly Stack<T> _free = new();
    private T?[] _slots = [];
    private int _count;

    /// <summary>Every slot there has been so far; null where one is being made.</summary>
    public ReadOnlySpan<T?> Slots => Volatile.Read(ref _slots);

    /// <summary>An object to fill, or null when there are as many as ids can name.</summary>
    public T? Rent()
    {
        lock (_gate)
        {
            if (_free.TryPop(out var free))
            {
                return free;
            }

            if (_count == ConnectionId.MaxSlots)
            {
                return null;
            }

            if (_count == _slots.Length)
            {
                var larger = new T?[Math.Max(64, _slots.Length * 2)];
                _slots.CopyTo(larger, 0);
                Volatile.Write(ref _slots, larger);
            }

            var slot = create(_count);
            Volatile.Write(ref _slots[_count], slot);
            _count++;
            return slot;
        }
    }

    public void Return(T slot)
    {
        lock (_gate)
        {
            _resting.Enqueue(slot);
            if (_resting.Count > rest)
            {
                _free.Push(_resting.Dequeue());
            }
        }
    }

    /// <summary>The object whose slot an id names, whatever the id's generation; null for what is no id.</summary>
    public T? Find(nint value, out uint generation)
    {
        var slots = Volatile.Read(ref _slots);
        var isId = ConnectionId.TryParse(value, out var id);
        generation = id.Generation;
        return isId && id.Index < slots.Length ? Volatile.Read(ref slots[id.Index]) : null;
    }
}
