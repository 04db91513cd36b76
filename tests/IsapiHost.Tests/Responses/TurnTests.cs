using IsapiHost.Interop;
using IsapiHost.Responses;
using IsapiHost.Transport;

namespace IsapiHost.Tests.Responses;

public sealed class TurnTests
{
    private readonly Turn<TurnTests> _turn;

    public TurnTests() => _turn = new Turn<TurnTests>(this);

    [Fact]
    public async Task Steps_run_one_after_the_other()
    {
        var first = new TaskCompletionSource();
        var began = 0;
        var running = _turn.TakeAsync(first, static (_, first) => Turn<TurnTests>.Done(new ValueTask(first.Task)));
        var waiting = _turn.TakeAsync(0, (_, _) => Turn<TurnTests>.Done(Begin()));

        Assert.False(waiting.IsCompleted);
        Assert.Equal(0, began);
        first.SetResult();
        Assert.Equal(Win32Error.SUCCESS, await running);
        Assert.Equal(Win32Error.SUCCESS, await waiting);
        Assert.Equal(1, began);

        ValueTask Begin()
        {
            began++;
            return default;
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_step_that_throws_gives_its_turn_back(bool later)
    {
        await Assert.ThrowsAsync<InvalidOperationException>(async () => await _turn.TakeAsync(later, static (_, later) => Throw(later, new InvalidOperationException())));

        Assert.Equal(Win32Error.SUCCESS, await _turn.TakeAsync(0, static (_, _) => Turn<TurnTests>.Done(default)));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_transfer_that_fails_becomes_an_error(bool later)
    {
        Assert.Equal(Win32Error.NETNAME_DELETED, await _turn.TakeAsync(later, static (_, later) => Throw(later, new ClientGoneException())));
        Assert.Equal(
            Win32Error.INVALID_DATA,
            await _turn.TakeAsync(later, static (_, later) => Throw(later, new TransferException(Win32Error.INVALID_DATA, "chunks"))));
        Assert.Equal(Win32Error.SUCCESS, await _turn.TakeAsync(0, static (_, _) => Turn<TurnTests>.Done(default)));
    }

    [Fact]
    public async Task A_step_that_waited_may_throw_at_once_as_well()
    {
        var first = new TaskCompletionSource();
        var running = _turn.TakeAsync(first, static (_, first) => Turn<TurnTests>.Done(new ValueTask(first.Task)));
        var waiting = _turn.TakeAsync(0, static (_, _) => Throw(later: false, new InvalidOperationException()));

        first.SetResult();

        Assert.Equal(Win32Error.SUCCESS, await running);
        await Assert.ThrowsAsync<InvalidOperationException>(async () => await waiting);
        Assert.True(_turn.TryTake(0, static (_, _) => Turn<TurnTests>.Done(default), out _));
    }

    [Fact]
    public void Who_only_tries_does_not_wait()
    {
        var running = _turn.TakeAsync(new TaskCompletionSource(), static (_, first) => Turn<TurnTests>.Done(new ValueTask(first.Task)));

        Assert.False(_turn.TryTake(0, static (_, _) => Turn<TurnTests>.Done(default), out _));
        Assert.False(running.IsCompleted);
    }

    [Fact]
    public async Task When_it_is_closed_the_running_step_is_interrupted_and_all_others_are_refused()
    {
        var first = new TaskCompletionSource();
        var running = _turn.TakeAsync(first, static (_, first) => Turn<TurnTests>.Done(new ValueTask(first.Task)));
        var waiting = _turn.TakeAsync(0, static (_, _) => Turn<TurnTests>.Done(default));

        await _turn.CloseAsync(_ => first.SetException(new ClientGoneException()));

        Assert.Equal(Win32Error.NETNAME_DELETED, await running);
        Assert.Equal(Win32Error.INVALID_PARAMETER, await waiting);
        Assert.Equal(Win32Error.INVALID_PARAMETER, await _turn.TakeAsync(0, static (_, _) => Turn<TurnTests>.Done(default)));
        _turn.Open();
        Assert.Equal(Win32Error.SUCCESS, await _turn.TakeAsync(0, static (_, _) => Turn<TurnTests>.Done(default)));
    }

    private static ValueTask<Win32Error> Throw(bool later, Exception exception)
    {
        return later ? ThrowLater(exception) : throw exception;

        static async ValueTask<Win32Error> ThrowLater(Exception exception)
        {
            await Task.Yield();
            throw exception;
        }
    }
}
