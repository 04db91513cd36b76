namespace IsapiHost.Testing.Tests;

/// <summary>Filters in a test host.</summary>
public sealed class FilterTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_filter_answers_before_extensions_and_middleware(bool inMemory)
    {
        await using var host = await IsapiTestHost.StartAsync(
            options => options.AddFilter(NativeModules.SharedObject("filters/own-answers")).InMemory = inMemory, Cancellation);

        Assert.Equal("short\n", await host.Client.GetStringAsync("/short/finished", Cancellation));
        Assert.DoesNotContain(host.Log.Entries, entry => entry.Level >= Microsoft.Extensions.Logging.LogLevel.Warning);
    }

    [Fact]
    public async Task Raw_data_is_seen_on_real_connections()
    {
        await using var host = await IsapiTestHost.StartAsync(
            options => options.AddFilter(NativeModules.SharedObject("filters/raw-blocks")), Cancellation);

        using var response = await host.Client.GetAsync("/nothing", Cancellation);

        Assert.Equal("1", Assert.Single(response.Headers.GetValues("X-Block")));
    }

    [Fact]
    public async Task A_filter_that_asks_for_raw_data_is_refused_in_memory()
    {
        var refused = await Assert.ThrowsAsync<InvalidOperationException>(() => IsapiTestHost.StartAsync(
            options => options.AddFilter(NativeModules.SharedObject("filters/raw-blocks")).InMemory = true, Cancellation));

        Assert.Contains("raw-blocks.so asks for raw data", refused.Message, StringComparison.Ordinal);
    }
}
