using IsapiHost.Cli.Recording;

namespace IsapiHost.Cli.Tests.Recording;

public sealed class RecordedFilesTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("isapihost-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Numbers_go_on_after_those_that_are_there()
    {
        File.WriteAllText(Path.Combine(_folder.FullName, "0041-get-x.http"), "");
        List<string> faults = [];
        RecordedFiles files = RecordedFiles.Open(_folder.FullName, faults)!;

        Assert.Equal("0042-get-scripts-ext-dll.http", Path.GetFileName(files.Next("GET", "/scripts/ext.dll?a=../../x")));
        Assert.Equal("0043-post.http", Path.GetFileName(files.Next("POST", "/")));
        Assert.Empty(faults);
    }
}
