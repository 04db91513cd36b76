using System.Collections.Concurrent;
using IsapiHost.EndToEnd.Hosting;

[assembly: AssemblyFixture(typeof(SharedHosts))]

namespace IsapiHost.EndToEnd.Hosting;

/// <summary>
/// One host for each platform and protocol that serves every test module, started when a test first asks for it:
/// a start under Wine takes seconds.
/// </summary>
public sealed class SharedHosts : IAsyncDisposable
{
    /// <summary>Modules that refuse to be served, on purpose.</summary>
    private static readonly string[] _refusing = ["version-false", "not-an-extension", "half-an-extension", "neighbour"];

    /// <summary>Modules that change the process for all others, or keep it busy.</summary>
    private static readonly string[] _alone = ["own-thread", "fast-math", "pascal", "thread-local", "thread-data", "hangs-at-exit"];

    private readonly ConcurrentDictionary<(Platform Platform, bool Http2), Lazy<Task<HostProcess>>> _hosts = new();
    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("isapihost-root-");

    public SharedHosts()
    {
        File.WriteAllText(Path.Combine(_root.FullName, "file.txt"), "a file below the root\n");
        _root.CreateSubdirectory("folder");
    }

    /// <summary>The folder that <c>/</c> maps to.</summary>
    internal string Root => _root.FullName;

    internal Task<HostProcess> Get(Platform platform) => Get(platform, http2: false);

    /// <summary>The same for clients that speak HTTP/2 from the first byte.</summary>
    internal Task<HostProcess> GetHttp2(Platform platform) => Get(platform, http2: true);

    public async ValueTask DisposeAsync()
    {
        foreach (var host in _hosts.Values)
        {
            if (host.Value.IsCompletedSuccessfully)
            {
                await host.Value.Result.DisposeAsync();
            }
        }

        HostCommand.EndWine();
        _root.Delete(recursive: true);
    }

    private Task<HostProcess> Get(Platform platform, bool http2) =>
        _hosts.GetOrAdd((platform, http2), key => new(() => Start(key.Platform, key.Http2))).Value;

    private Task<HostProcess> Start(Platform platform, bool http2)
    {
        var modules = Directory.EnumerateFiles(Repository.Modules(platform))
            .Where(file => Path.GetExtension(file) is ".so" or ".dll")
            .Select(Path.GetFileNameWithoutExtension)
            .Where(name => name is not null && !name.StartsWith("lib", StringComparison.Ordinal) && !_refusing.Contains(name) && !_alone.Contains(name))
            .Order(StringComparer.Ordinal);

        return HostProcess.Start(platform, new HostSettings
        {
            Modules = [.. modules!],
            Options =
            [
                "--root", HostCommand.PathFor(platform, Root),
                "--map", $"*.abc={ModulePath(platform, "echo-ecb")}",
                "--map", $"/prefix/*={ModulePath(platform, "echo-ecb")}",
            ],
            Http2 = http2,
        });
    }

    private static string ModulePath(Platform platform, string name) =>
        HostCommand.PathFor(platform, Path.Combine(Repository.Modules(platform), HostCommand.ModuleFile(platform, name)));
}
