using System.Buffers;
using IsapiHost.Tests.Transport.Contracts;
using static IsapiHost.Tests.Transport.Contracts.AcceptedConnection;

namespace IsapiHost.Tests.Transport;

public sealed class SocketPipeReaderTests
{
    /// <summary>A host that stops gives up an extension that still copies.</summary>
    [Fact]
    public async Task What_a_reader_holds_stays_as_it_is_when_the_input_is_completed_meanwhile()
    {
        await using var connection = await Open(TransportKind.Isapi);
        var sent = Enumerable.Repeat((byte)'x', 3_000).ToArray();
        await connection.Send(sent);
        var result = await connection.Input.ReadAtLeastAsync(sent.Length, TestContext.Current.CancellationToken);

        connection.Input.Complete();

        foreach (var other in Enumerable.Range(0, 100).Select(_ => ArrayPool<byte>.Shared.Rent(4096)).ToList())
        {
            other.AsSpan().Fill((byte)'y');
            ArrayPool<byte>.Shared.Return(other);
        }

        Assert.Equal(sent, result.Buffer.ToArray());
    }
}
