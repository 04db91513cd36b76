using IsapiHost.Extensions;
using IsapiHost.Interop;

namespace IsapiHost.Tests.Interop;

public sealed class ConnectionIdTests
{
    [Theory]
    [InlineData(0, 0u)]
    [InlineData(0, 1u)]
    [InlineData(9_999, 65_535u)]
    public void A_value_names_its_slot_and_generation_and_is_never_zero(int index, uint generation)
    {
        var id = new ConnectionId(index, generation);

        Assert.NotEqual(0, id.Value);
        Assert.True(ConnectionId.TryParse(id.Value, out var parsed));
        Assert.Equal(id, parsed);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public void Values_that_are_no_id_are_recognised(int value) => Assert.False(ConnectionId.TryParse(value, out _));

    [Fact]
    public void A_stale_or_foreign_id_finds_nothing()
    {
        Assert.Null(ExtensionRequestTable.Enter(0));
        Assert.Null(ExtensionRequestTable.Enter(-1));
        Assert.Null(ExtensionRequestTable.Enter(0x7FFF_1234));
        Assert.Null(ExtensionRequestTable.Enter(1));
    }
}
