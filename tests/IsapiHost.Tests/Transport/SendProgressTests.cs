using IsapiHost.Transport;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace IsapiHost.Tests.Transport;

public sealed class SendProgressTests
{
    private long _taken;
    private long _now = 1_000_000;

    [Fact]
    public void Without_a_least_rate_no_client_is_too_slow()
    {
        var progress = Create(null);

        Assert.False(IsTooSlowWithin(progress, seconds: 100_000, bytesPerSecond: 0));
    }

    [Fact]
    public void A_client_that_takes_nothing_has_the_time_of_grace()
    {
        var progress = Create(new MinDataRate(240, TimeSpan.FromSeconds(5)));

        Assert.False(IsTooSlowWithin(progress, seconds: 5, bytesPerSecond: 0));
        Assert.True(IsTooSlowWithin(progress, seconds: 2, bytesPerSecond: 0));
    }

    [Theory]
    [InlineData(240, false)]
    [InlineData(300, false)]
    [InlineData(120, true)]
    public void A_client_is_measured_by_what_it_takes(int bytesPerSecond, bool tooSlow)
    {
        var progress = Create(new MinDataRate(240, TimeSpan.FromSeconds(5)));

        Assert.Equal(tooSlow, IsTooSlowWithin(progress, seconds: 1_000, bytesPerSecond));
    }

    [Fact]
    public void A_client_that_was_fast_may_pause_for_a_minute()
    {
        var progress = Create(new MinDataRate(240, TimeSpan.FromSeconds(5)));
        Assert.False(IsTooSlowWithin(progress, seconds: 10, bytesPerSecond: 100_000_000));

        Assert.False(IsTooSlowWithin(progress, seconds: 59, bytesPerSecond: 0));
        Assert.True(IsTooSlowWithin(progress, seconds: 3, bytesPerSecond: 0));
    }

    [Fact]
    public void Time_in_which_nothing_waits_to_be_sent_does_not_count()
    {
        var progress = Create(new MinDataRate(240, TimeSpan.FromSeconds(5)));
        Assert.False(IsTooSlowWithin(progress, seconds: 4, bytesPerSecond: 0));
        _now += 1_000_000;
        Assert.False(progress.IsTooSlow(isSending: false, _now));

        Assert.False(IsTooSlowWithin(progress, seconds: 5, bytesPerSecond: 0));
    }

    [Fact]
    public void Where_the_system_does_not_count_a_send_earns_its_time_by_its_size()
    {
        var progress = new SendProgress(() => null) { Minimum = new MinDataRate(1_000, TimeSpan.FromSeconds(5)) };
        Assert.False(progress.IsTooSlow(isSending: true, _now));
        progress.Allow(60_000);

        Assert.False(IsTooSlowWithin(progress, seconds: 64, bytesPerSecond: 0));
        Assert.True(IsTooSlowWithin(progress, seconds: 3, bytesPerSecond: 0));
    }

    [Theory]
    [InlineData(240, 1024 * 1024)]
    [InlineData(10_000_000, 50_000_000)]
    public void A_file_is_given_to_the_system_in_steps_of_the_time_of_grace(int bytesPerSecond, int step)
    {
        Assert.Equal(step, Create(new MinDataRate(bytesPerSecond, TimeSpan.FromSeconds(5))).Step);
    }

    private SendProgress Create(MinDataRate? minimum) => new(() => _taken) { Minimum = minimum };

    private bool IsTooSlowWithin(SendProgress progress, int seconds, long bytesPerSecond)
    {
        var tooSlow = false;
        for (var i = 0; i <= seconds; i++)
        {
            tooSlow |= progress.IsTooSlow(isSending: true, _now);
            _now += 1_000;
            _taken += bytesPerSecond;
        }

        return tooSlow;
    }
}
