using BenchmarkDotNet.Attributes;
using IsapiHost.Threading;

namespace IsapiHost.Benchmarks;

/// <summary>From a thread of Kestrel's to an extension thread: one item there and back, and a burst.</summary>
public class ThreadHandOver
{
    private const int Burst = 1_000;

    private readonly Item[] _items = [.. Enumerable.Range(0, Burst).Select(_ => new Item())];
    private readonly CountdownEvent _done = new(1);
    private ExtensionThreadPool? _pool;

    [GlobalSetup]
    public void Setup()
    {
        _pool = new ExtensionThreadPool(threadLimit: 256, queueLimit: Burst);
        Array.ForEach(_items, item => item.Done = _done);
    }

    [GlobalCleanup]
    public void Cleanup() => _pool?.Dispose();

    [Benchmark]
    public void ThereAndBack()
    {
        _done.Reset(1);
        _pool!.TryQueue(_items[0]);
        _done.Wait();
    }

    [Benchmark(OperationsPerInvoke = Burst)]
    public void OfABurst()
    {
        _done.Reset(Burst);
        foreach (var item in _items)
        {
            _pool!.TryQueue(item);
        }

        _done.Wait();
    }

    private sealed class Item : ExtensionWork
    {
        public CountdownEvent? Done { get; set; }

        public override void Run() => Done!.Signal();

        public override void ThreadLost() => Done!.Signal();
    }
}
