using IsapiHost.Extensions.Uploads;

namespace IsapiHost.Tests.Extensions.Uploads;

public sealed class UploadSpoolTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(65_536)]
    [InlineData(65_537)]
    [InlineData(1_000_000)]
    public async Task A_body_is_read_once_and_then_stands_at_its_beginning(int size)
    {
        var body = new byte[size];
        Random.Shared.NextBytes(body);
        await using var spool = UploadSpool.Create(new MemoryStream(body));

        Assert.Equal(size, await UploadSpool.FillAsync(spool, size));

        using var copy = new MemoryStream();
        await spool.CopyToAsync(copy, TestContext.Current.CancellationToken);
        Assert.Equal(body, copy.ToArray());
    }

    [Fact]
    public async Task A_body_beyond_the_limit_is_not_read_to_its_end_and_leaves_no_file()
    {
        var body = new MemoryStream(new byte[10_000_000]);
        var spool = UploadSpool.Create(body);

        Assert.Null(await UploadSpool.FillAsync(spool, 1_000_000));

        Assert.InRange(body.Position, 1_000_001, 1_100_000);
        var file = spool.TempFileName;
        Assert.True(File.Exists(file));
        await spool.DisposeAsync();
        Assert.False(File.Exists(file));
    }
}
