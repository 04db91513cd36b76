using IsapiHost.Cli.Hosting;

namespace IsapiHost.Cli.Tests.Hosting;

public sealed class BannerTests : IDisposable
{
    private readonly StringWriter _output = new() { NewLine = "\n" };

    public void Dispose() => _output.Dispose();

    [Fact]
    public void A_module_has_a_block()
    {
        new Banner(_output).WriteModules(
        [
            new LoadedModule(
                "/srv/hello.so", "extension", new Version(1, 2), "Hello sample", "64-bit x64",
                [HandlerMapping.Parse("/hello.so", "/srv/hello.so"), HandlerMapping.Parse("*.abc", "/srv/hello.so")]),
        ]);

        Assert.Equal(
            """
            /srv/hello.so
              extension 1.2, 64-bit x64, "Hello sample"
              answers /hello.so and everything below it
              answers URLs whose file name ends in .abc

            """.ReplaceLineEndings("\n"),
            _output.ToString());
    }

    [Fact]
    public void A_description_cannot_send_escape_sequences()
    {
        new Banner(_output).WriteModules([new LoadedModule("x", "extension", new Version(0, 0), "\u001b[31mred\u0007\r\n", "64-bit x64", [])]);

        Assert.Contains("extension 0.0, 64-bit x64, \"[31mred\"\n", _output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Each_address_has_the_line_that_scripts_wait_for()
    {
        new Banner(_output).WriteAddresses(["http://localhost:8080", "https://[::]:8443"], [HandlerMapping.Parse("/hello.so", "x")]);

        Assert.Equal(
            ["Now listening on: http://localhost:8080", "Now listening on: https://[::]:8443", "Open: http://localhost:8080/hello.so", ""],
            _output.ToString().Split('\n'));
    }
}
