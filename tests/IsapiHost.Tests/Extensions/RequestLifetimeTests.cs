using IsapiHost.Extensions;

namespace IsapiHost.Tests.Extensions;

public sealed class RequestLifetimeTests
{
    private readonly RequestLifetime _lifetime;
    private int _recycled;

    public RequestLifetimeTests() => _lifetime = new RequestLifetime(() => Interlocked.Increment(ref _recycled));

    private bool IsCompleted => _lifetime.Completion.IsCompleted;

    [Fact]
    public void A_call_that_returns_ends_the_request()
    {
        Open();
        _lifetime.Returned(CallOutcome.Success, inline: false);

        Assert.True(IsCompleted);
        Assert.Equal(0, _recycled);
    }

    [Fact]
    public void Pending_waits_for_done()
    {
        var generation = Open();

        _lifetime.ReturnedPending(inline: false);
        Assert.True(_lifetime.IsPending);
        Assert.True(_lifetime.TryEnter(generation));
        Assert.True(_lifetime.TryEndSession(failed: false));
        Assert.False(IsCompleted);
        _lifetime.Release(inline: false);

        Assert.True(IsCompleted);
    }

    [Fact]
    public void Done_before_pending_is_returned_ends_the_request_at_the_return()
    {
        var generation = Open();

        Assert.True(_lifetime.TryEnter(generation));
        Assert.True(_lifetime.TryEndSession(failed: false));
        _lifetime.Release(inline: false);
        Assert.False(IsCompleted);
        _lifetime.ReturnedPending(inline: false);

        Assert.True(IsCompleted);
    }

    [Fact]
    public void Done_and_then_success_ends_the_request_once()
    {
        var generation = Open();

        Assert.True(_lifetime.TryEnter(generation));
        Assert.True(_lifetime.TryEndSession(failed: false));
        _lifetime.Release(inline: false);
        Assert.False(IsCompleted);
        _lifetime.Returned(CallOutcome.Success, inline: false);

        Assert.True(IsCompleted);
    }

    [Fact]
    public void A_second_done_and_every_later_call_are_refused()
    {
        var generation = Open();

        Assert.True(_lifetime.TryEnter(generation));
        Assert.True(_lifetime.TryEndSession(failed: false));
        Assert.False(_lifetime.TryEndSession(failed: true));
        Assert.False(_lifetime.TryEnter(generation));
        Assert.Equal(CallOutcome.Success, _lifetime.Outcome);
    }

    [Fact]
    public async Task What_the_extension_said_first_is_the_outcome()
    {
        var generation = Open();

        Assert.True(_lifetime.TryEnter(generation));
        Assert.True(_lifetime.TryEndSession(failed: true));
        _lifetime.Release(inline: false);
        _lifetime.Returned(CallOutcome.Success, inline: false);

        Assert.Equal(CallOutcome.Error, await _lifetime.Completion);
    }

    [Fact]
    public void A_stale_generation_is_refused()
    {
        var first = Open();
        _lifetime.Returned(CallOutcome.Success, inline: false);
        _lifetime.Recycle();
        var second = Open();

        Assert.NotEqual(first, second);
        Assert.False(_lifetime.TryEnter(first));
        Assert.True(_lifetime.TryEnter(second));
    }

    [Fact]
    public void Nobody_enters_before_the_first_request_or_before_it_is_open()
    {
        Assert.False(_lifetime.TryEnter(0));
        _lifetime.Initialize();
        Assert.False(_lifetime.TryEnter(0));
    }

    [Fact]
    public void An_outstanding_operation_holds_the_request()
    {
        Open();
        _lifetime.Add();

        _lifetime.Returned(CallOutcome.Success, inline: false);
        Assert.False(IsCompleted);
        _lifetime.Release(inline: false);

        Assert.True(IsCompleted);
    }

    [Fact]
    public void A_request_that_was_never_opened_is_recycled_at_once()
    {
        _lifetime.Initialize();
        _lifetime.Recycle();

        Assert.Equal(1, _recycled);
    }

    [Fact]
    public async Task An_abandoned_request_is_recycled_when_native_code_lets_go_of_it()
    {
        var generation = Open();
        _lifetime.ReturnedPending(inline: false);

        _lifetime.Abandon();
        Assert.Equal(CallOutcome.Abandoned, await _lifetime.Completion);
        Assert.False(_lifetime.TryEnter(generation));
        _lifetime.Recycle();
        Assert.Equal(0, _recycled);

        // What the pending extension holds; it can no longer say DONE_WITH_SESSION, but a caller that was inside leaves.
        _lifetime.Release(inline: false);
        Assert.Equal(1, _recycled);
    }

    [Fact]
    public async Task The_host_may_recycle_while_it_is_told_of_the_end()
    {
        Open();
        var host = RecycleAtEnd();
        _lifetime.Returned(CallOutcome.Success, inline: true);
        await host;

        Assert.Equal(1, _recycled);

        async Task RecycleAtEnd()
        {
            await _lifetime.Completion;
            _lifetime.Recycle();
        }
    }

    [Fact]
    public async Task Whatever_the_order_of_done_return_and_recycle_exactly_one_ends_the_request()
    {
        for (var round = 1; round <= 20_000; round++)
        {
            var generation = Open();
            var host = RecycleAtEnd();
            var other = Task.Run(() =>
            {
                if (_lifetime.TryEnter(generation))
                {
                    _lifetime.TryEndSession(failed: false);
                    _lifetime.Release(inline: false);
                }
            }, TestContext.Current.CancellationToken);
            _lifetime.ReturnedPending(inline: round % 2 == 0);
            await other;
            await host;

            // The last reference may be given back a moment after the host was told.
            Assert.True(SpinWait.SpinUntil(() => Volatile.Read(ref _recycled) == round, TimeSpan.FromSeconds(10)));
        }

        async Task RecycleAtEnd()
        {
            await _lifetime.Completion;
            _lifetime.Recycle();
        }
    }

    private uint Open()
    {
        _lifetime.Initialize();
        return _lifetime.Open();
    }
}
