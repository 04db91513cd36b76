using IsapiHost.Threading;

namespace IsapiHost.Tests.Threading;

public sealed class ExtensionThreadPoolTests
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    [Fact]
    public void Runs_work_on_its_own_threads()
    {
        using var pool = new ExtensionThreadPool(threadLimit: 4, queueLimit: 10);
        using var work = new Work(() => Assert.True(ExtensionThread.IsCurrent && !Thread.CurrentThread.IsThreadPoolThread));

        Assert.True(pool.TryQueue(work));

        work.Wait();
        Assert.False(ExtensionThread.IsCurrent);
    }

    [Fact]
    public void Grows_to_its_limit_while_work_blocks_and_refuses_what_the_queue_cannot_hold()
    {
        const int Threads = 16;
        const int Queue = 5;
        using var pool = new ExtensionThreadPool(Threads, Queue);
        using var release = new ManualResetEventSlim();
        using var running = new CountdownEvent(Threads);
        var items = Enumerable.Range(0, Threads + Queue).Select(_ => new Work(() =>
        {
            if (!running.IsSet)
            {
                running.Signal();
            }

            release.Wait();
        })).ToList();

        foreach (var item in items)
        {
            Assert.True(pool.TryQueue(item));
        }

        Assert.True(running.Wait(s_patience, TestContext.Current.CancellationToken));
        using var refused = new Work(() => { });
        Assert.False(pool.TryQueue(refused));
        using var completion = new Work(() => { });
        Assert.True(pool.TryQueue(completion, admitted: true));
        Assert.Equal(Threads, pool.ThreadCount);

        release.Set();
        completion.Wait();
        items.ForEach(item => item.Wait());
        items.ForEach(item => item.Dispose());
    }

    [Fact]
    public void What_runs_already_takes_no_place_from_new_work()
    {
        using var pool = new ExtensionThreadPool(threadLimit: 1, queueLimit: 1);
        using var release = new ManualResetEventSlim();
        using var running = new ManualResetEventSlim();
        using var blocking = new Work(() =>
        {
            running.Set();
            release.Wait();
        });
        Assert.True(pool.TryQueue(blocking));
        Assert.True(running.Wait(s_patience, TestContext.Current.CancellationToken));

        using var completion = new Work(() => { });
        Assert.True(pool.TryQueue(completion, admitted: true));
        using var first = new Work(() => { });
        Assert.True(pool.TryQueue(first));
        using var second = new Work(() => { });
        Assert.False(pool.TryQueue(second));

        release.Set();
        completion.Wait();
        first.Wait();
    }

    [Fact]
    public void Does_not_grow_for_short_work()
    {
        using var pool = new ExtensionThreadPool(threadLimit: 64, queueLimit: 100_000);
        using var done = new CountdownEvent(50_000);
        var items = Enumerable.Range(0, done.InitialCount).Select(_ => new Work(() => done.Signal())).ToList();

        items.ForEach(item => Assert.True(pool.TryQueue(item)));

        Assert.True(done.Wait(s_patience, TestContext.Current.CancellationToken));
        Assert.InRange(pool.ThreadCount, 1, 32);
        items.ForEach(item => item.Dispose());
    }

    [Fact]
    public void Runs_everything_that_many_threads_queue()
    {
        using var pool = new ExtensionThreadPool(threadLimit: 8, queueLimit: 100_000);
        using var done = new CountdownEvent(8 * 5_000);

        Parallel.For(0, 8, _ =>
        {
            for (var i = 0; i < 5_000; i++)
            {
                Assert.True(pool.TryQueue(new Work(() => done.Signal())));
                if (i % 500 == 0)
                {
                    Thread.Sleep(1);
                }
            }
        });

        Assert.True(done.Wait(s_patience, TestContext.Current.CancellationToken));
    }

    [Fact]
    public void Refuses_work_when_disposed()
    {
        var pool = new ExtensionThreadPool(threadLimit: 2, queueLimit: 2);
        pool.Dispose();
        using var work = new Work(() => { });

        Assert.False(pool.TryQueue(work));
    }

    private sealed class Work(Action action) : ExtensionWork, IDisposable
    {
        private readonly ManualResetEventSlim _done = new();
        private Exception? _failure;

        public void Wait()
        {
            Assert.True(_done.Wait(s_patience, TestContext.Current.CancellationToken));
            Assert.Null(_failure);
        }

        public override void Run()
        {
            try
            {
                action();
            }
            catch (Exception e)
            {
                _failure = e;
            }

            _done.Set();
        }

        public override void ThreadLost() => _done.Set();

        public void Dispose() => _done.Dispose();
    }
}
