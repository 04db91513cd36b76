using IsapiHost.Extensions;

namespace IsapiHost.Tests.Extensions;

public sealed class RequestReferencesTests
{
    [Fact]
    public void A_call_that_returns_ends_the_request()
    {
        var shares = default(RequestReferences);
        shares.Begin();

        Assert.True(shares.ReturnFinal());
    }

    [Fact]
    public void Pending_waits_for_done()
    {
        var shares = default(RequestReferences);
        var generation = shares.Begin();

        Assert.False(shares.ReturnPending());
        Assert.True(shares.IsPending);
        Assert.True(shares.TryEnter(generation));
        Assert.True(shares.TryEndSession());
        Assert.True(shares.Release());
    }

    [Fact]
    public void Done_before_pending_is_returned_ends_the_request_at_the_return()
    {
        var shares = default(RequestReferences);
        var generation = shares.Begin();

        Assert.True(shares.TryEnter(generation));
        Assert.True(shares.TryEndSession());
        Assert.False(shares.Release());
        Assert.True(shares.ReturnPending());
    }

    [Fact]
    public void Done_and_then_success_ends_the_request_once()
    {
        var shares = default(RequestReferences);
        var generation = shares.Begin();

        Assert.True(shares.TryEnter(generation));
        Assert.True(shares.TryEndSession());
        Assert.False(shares.Release());
        Assert.True(shares.ReturnFinal());
    }

    [Fact]
    public void A_second_done_and_every_later_call_are_refused()
    {
        var shares = default(RequestReferences);
        var generation = shares.Begin();

        Assert.True(shares.TryEnter(generation));
        Assert.True(shares.TryEndSession());
        Assert.False(shares.TryEndSession());
        Assert.False(shares.TryEnter(generation));
    }

    [Fact]
    public void A_stale_generation_is_refused()
    {
        var shares = default(RequestReferences);
        var first = shares.Begin();
        shares.ReturnFinal();
        var second = shares.Begin();

        Assert.NotEqual(first, second);
        Assert.False(shares.TryEnter(first));
        Assert.True(shares.TryEnter(second));
    }

    [Fact]
    public void Nobody_enters_before_the_first_request() => Assert.False(RequestReferences.Closed.TryEnter(0));

    [Fact]
    public void An_outstanding_operation_holds_the_request()
    {
        var shares = default(RequestReferences);
        shares.Begin();
        shares.Add();

        Assert.False(shares.ReturnFinal());
        Assert.True(shares.Release());
    }

    [Fact]
    public async Task Whatever_the_order_of_done_and_return_exactly_one_ends_the_request()
    {
        for (var round = 0; round < 20_000; round++)
        {
            var race = new Race();
            var generation = race.Shares.Begin();
            var other = Task.Run(() =>
            {
                if (!race.Shares.TryEnter(generation))
                {
                    return;
                }

                race.Shares.TryEndSession();
                race.Count(race.Shares.Release());
            }, TestContext.Current.CancellationToken);
            race.Count(race.Shares.ReturnPending());
            await other;

            Assert.Equal(1, race.Ended);
        }
    }

    private sealed class Race
    {
        public RequestReferences Shares;
        private int _ended;

        public int Ended => _ended;

        public void Count(bool last)
        {
            if (last)
            {
                Interlocked.Increment(ref _ended);
            }
        }
    }
}
