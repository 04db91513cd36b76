using IsapiHost.Mapping;

namespace IsapiHost.Tests.Mapping;

public class HandlerTableTests
{
    [Fact]
    public void The_first_mapping_that_matches_wins()
    {
        var table = new HandlerTable(
        [
            HandlerMapping.Parse("/a.abc", "direct.dll"),
            HandlerMapping.Parse("*.abc", "script.dll"),
            HandlerMapping.Parse("*", "all.dll"),
        ]);

        Assert.Equal("direct.dll", ModuleFor(table, "/A.abc/x"));
        Assert.Equal("script.dll", ModuleFor(table, "/b.abc"));
        Assert.Equal("all.dll", ModuleFor(table, "/"));
    }

    [Fact]
    public void A_path_that_no_mapping_matches_is_left_to_others() =>
        Assert.False(new HandlerTable([HandlerMapping.Parse("*.abc", "a.dll")]).TryMatch("/", passed: null, out _));

    private static string? ModuleFor(HandlerTable table, string path) => table.TryMatch(path, passed: null, out var match) ? match.Mapping.ModulePath : null;
}
