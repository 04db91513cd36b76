using System.Buffers;
using IsapiHost.Extensions.Uploads;

namespace IsapiHost.Tests.Extensions.Uploads;

public sealed class UploadSpoolTests
{
    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 1)]
    [InlineData(65_536, 1000)]
    [InlineData(65_537, 65_536)]
    [InlineData(1_000_000, 4096)]
    public async Task What_was_added_is_read_from_its_first_byte_on(int size, int piece)
    {
        var body = new byte[size];
        Random.Shared.NextBytes(body);
        using var spool = new UploadSpool();

        for (var done = 0; done < size; done += piece)
        {
            await spool.AddAsync(new ReadOnlySequence<byte>(body.AsMemory(done, Math.Min(piece, size - done))));
        }

        Assert.Equal(size, spool.Length);
        using var copy = new MemoryStream();
        await spool.Read().CopyToAsync(copy, TestContext.Current.CancellationToken);
        Assert.Equal(body, copy.ToArray());
    }

    [Fact]
    public async Task A_large_body_is_in_a_file_that_is_deleted_in_the_end()
    {
        var spool = new UploadSpool();
        await spool.AddAsync(new ReadOnlySequence<byte>(new byte[100_000]));

        var file = Assert.IsType<FileStream>(spool.Read()).Name;
        Assert.Equal(UploadSpool.Folder.TrimEnd(Path.DirectorySeparatorChar), Path.GetDirectoryName(file));
        Assert.True(File.Exists(file));
        spool.Dispose();
        Assert.False(File.Exists(file));
    }
}
