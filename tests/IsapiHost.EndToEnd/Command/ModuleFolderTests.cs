using System.Net;
using IsapiHost.EndToEnd.Hosting;

namespace IsapiHost.EndToEnd.Command;

/// <summary><c>--dll FOLDER</c>: every extension in it that the host can load is served.</summary>
public sealed class ModuleFolderTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("isapihost extensions ü-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory, Platforms]
    public async Task The_extensions_of_a_folder_are_served_and_its_libraries_are_not(Platform platform)
    {
        var other = platform == Platform.Linux ? Platform.Wine : Platform.Linux;
        Copy(platform, "hello");
        Copy(platform, "needs-neighbour");
        Copy(platform, Library(platform));
        await File.WriteAllTextAsync(Path.Combine(_folder.FullName, "broken.dll"), "text", TestContext.Current.CancellationToken);
        var isBuilt = TryCopy(other, "form");

        await using var host = await HostProcess.Start(platform, new HostSettings
        {
            Options = ["--dll", HostCommand.PathFor(platform, _folder.FullName)],
        });

        Assert.StartsWith("Hello, folder!", await host.GetText("hello", "?name=folder"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await host.Get("needs-neighbour")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await host.Get(Library(platform))).StatusCode);
        Assert.Equal(isBuilt, host.Output.Contains("--dll: left out: ", StringComparison.Ordinal));
    }

    [Theory, Platforms]
    public async Task A_folder_without_an_extension_is_refused(Platform platform)
    {
        Copy(platform, Library(platform));

        var (exitCode, output) = await HostProcess.Run(platform, "--dll", HostCommand.PathFor(platform, _folder.FullName));

        Assert.Equal(2, exitCode);
        Assert.Contains("--dll: there is no extension in ", output, StringComparison.Ordinal);
        Assert.DoesNotContain("nothing to serve", output, StringComparison.Ordinal);
    }

    private static string Library(Platform platform) => platform == Platform.Wine ? "neighbour" : "libneighbour";

    private void Copy(Platform platform, string name) => Assert.True(TryCopy(platform, name));

    private bool TryCopy(Platform platform, string name)
    {
        var file = HostCommand.ModuleFile(platform, name);
        var module = Path.Combine(Repository.Modules(platform), file);
        if (!File.Exists(module))
        {
            return false;
        }

        File.Copy(module, Path.Combine(_folder.FullName, file));
        return true;
    }
}
