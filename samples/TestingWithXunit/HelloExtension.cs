using IsapiHost.Testing;

namespace TestingWithXunit;

/// <summary>One host for all tests of a class: the extension is loaded once, as on a server.</summary>
public sealed class HelloExtension : IAsyncLifetime
{
    private IsapiTestHost? _host;

    /// <summary>The running host; the test is skipped where the extension is not built.</summary>
    public IsapiTestHost Host
    {
        get
        {
            Assert.SkipWhen(_host is null, "hello is not built: run eng/build-native.sh");
            return _host!;
        }
    }

    public async ValueTask InitializeAsync()
    {
        if (FindModule() is { } module)
        {
            // Both builds answer at one URL, and what the tests expect does not change with the host's version.
            _host = await IsapiTestHost.StartAsync(options =>
            {
                options.Map("/hello.dll", module);
                options.Isapi.Site.ServerSoftware = "Microsoft-IIS/10.0";
            });
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_host is not null)
        {
            await _host.DisposeAsync();
        }
    }

    /// <summary>Your tests would name the DLL; here it is what eng/build-native.sh has built for this system.</summary>
    private static string? FindModule()
    {
        string file = OperatingSystem.IsWindows() ? "win-x64/hello.dll" : "linux-x64/hello.so";
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            string path = Path.Combine(folder.FullName, "native", file);
            if (File.Exists(path))
            {
                return path;
            }
        }

        return null;
    }
}
