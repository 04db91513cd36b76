using IsapiHost.Cli.Testing;

namespace IsapiHost.Cli.Tests.Testing;

public sealed class TestSettingsTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("isapihost-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Folders_and_patterns_are_expanded_in_order()
    {
        string b = Write("b.http"), a = Write("a.http"), c = Write("sub/c.rest");
        Write("no.txt");

        TestSettings settings = Create(["ext.dll", b, _folder.FullName, Path.Combine(_folder.FullName, "?.http")]);

        Assert.Equal([b, a, b, c, a, b], settings.Files);
        Assert.Equal("ext.dll", settings.Variables["module"]);
    }

    [Fact]
    public void A_target_needs_no_module()
    {
        TestSettings settings = Create([Write("a.http")], target: "http://old:8080");

        Assert.Null(settings.Module);
        Assert.Equal(new Uri("http://old:8080"), settings.Target);
    }

    [Fact]
    public void Every_fault_is_named_with_its_remedy()
    {
        BadTestInputException failure = Assert.Throws<BadTestInputException>(
            () => TestSettings.Create(["ext.dll", "nowhere.http"], "old:80", ["/a/*/b"], ["x"], [], null, update: false, filter: null));

        Assert.Contains(failure.Faults, f => f.StartsWith("nowhere.http: there is no such .http file", StringComparison.Ordinal));
        Assert.Contains(failure.Faults, f => f.StartsWith("--target old:80: this is not the address of a server. Write", StringComparison.Ordinal));
        Assert.Contains(failure.Faults, f => f.StartsWith("--set x: ", StringComparison.Ordinal));
        Assert.Contains(failure.Faults, f => f.StartsWith("--map: ", StringComparison.Ordinal));
        Assert.Contains("is no module", Assert.Throws<BadTestInputException>(() => Create([Write("a.http")])).Message, StringComparison.Ordinal);
    }

    private static TestSettings Create(string[] inputs, string? target = null) => TestSettings.Create(inputs, target, [], [], [], null, update: false, filter: null);

    private string Write(string name)
    {
        string path = Path.Combine(_folder.FullName, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, "GET /\n");
        return path;
    }
}
