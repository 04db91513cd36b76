using IsapiHost.EndToEnd.Hosting;

namespace IsapiHost.EndToEnd;

/// <summary>Modules as other compilers and other makers build them.</summary>
public sealed class ModuleTests(SharedHosts hosts)
{
    [Theory, Platforms]
    public async Task A_bool_of_minus_one_and_an_empty_version_are_accepted(Platform platform)
    {
        var host = await hosts.Get(platform);

        Assert.Equal("served\n", await host.GetText("bool-minus-one"));
    }

    [Theory, Platforms]
    public async Task A_library_in_the_modules_own_folder_is_found(Platform platform)
    {
        var host = await hosts.Get(platform);

        Assert.Equal("hello from next door\n", await host.GetText("needs-neighbour"));
    }
}
