namespace IsapiHost.EndToEnd.Hosting;

/// <summary>Waits for what must come to hold, though nobody can say when.</summary>
internal static class Eventually
{
    private static readonly TimeSpan _limit = TimeSpan.FromSeconds(30);

    public static async Task Holds(Func<Task<bool>> condition)
    {
        using var limit = new CancellationTokenSource(_limit);
        while (!await condition())
        {
            Assert.False(limit.IsCancellationRequested, "what was waited for did not come to hold");
            await Task.Delay(50);
        }
    }
}
