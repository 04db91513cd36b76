using System.Diagnostics;
using System.Text.Json;
using IsapiHost.EndToEnd.Hosting;

namespace IsapiHost.EndToEnd;

/// <summary><c>isapihost inspect</c> on modules of both systems, and on files that are none.</summary>
public sealed class InspectTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("isapihost-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory, Platforms]
    public async Task An_extension_for_this_system_can_be_served(Platform platform)
    {
        string path = Path.Combine(Repository.Modules(platform), HostCommand.ModuleFile(platform, "hello"));

        var (exitCode, output) = await HostProcess.Run(platform, "inspect", "--load", HostCommand.PathFor(platform, path));

        Assert.Equal(0, exitCode);
        Assert.Contains("an ISAPI extension", output, StringComparison.Ordinal);
        Assert.Contains("HttpExtensionProc", output, StringComparison.Ordinal);
        Assert.Contains("GetExtensionVersion: 8.0, \"hello: the smallest useful extension\"", output, StringComparison.Ordinal);
        Assert.Contains("This host can serve it: isapihost --dll", output, StringComparison.Ordinal);
        Assert.DoesNotContain("\u001b", output, StringComparison.Ordinal);
    }

    [Theory]
    [Platforms("win-x64", 64, "x64", false)]
    [Platforms("win-x86", 32, "x86", true)]
    public async Task A_Windows_DLL_is_read_on_either_system(Platform platform, string target, int bits, string processor, bool foreign)
    {
        string path = Path.Combine(Repository.Modules(target), "hello.dll");
        Assert.SkipUnless(File.Exists(path), $"{path} is not built");

        var (exitCode, output) = await HostProcess.Run(platform, "inspect", HostCommand.PathFor(platform, path), "--json");

        Assert.Equal(foreign || platform == Platform.Linux ? 3 : 0, exitCode);
        JsonElement report = Json(output);
        Assert.Equal("portableExecutable", report.GetProperty("format").GetString());
        Assert.Equal(bits, report.GetProperty("bits").GetInt32());
        Assert.Equal(processor, report.GetProperty("architecture").GetString());
        Assert.True(report.GetProperty("isExtension").GetBoolean());
        Assert.Equal(!foreign && platform == Platform.Wine, report.GetProperty("canBeServedHere").GetBoolean());
        Assert.Contains(report.GetProperty("imports").EnumerateArray(), i => i.GetProperty("name").GetString() == "KERNEL32.dll" && i.GetProperty("state").GetString() != "missing");
        Assert.Contains(
            foreign || platform == Platform.Linux ? "cannot serve" : "can serve", report.GetProperty("verdict").GetString(), StringComparison.Ordinal);
    }

    [Theory, Platforms]
    public async Task A_filter_is_asked_what_it_wants(Platform platform)
    {
        string path = Path.Combine(Repository.Modules(platform), "filters", HostCommand.ModuleFile(platform, "order-high"));

        var (exitCode, output) = await HostProcess.Run(platform, "inspect", HostCommand.PathFor(platform, path), "--load");

        Assert.Equal(0, exitCode);
        Assert.Contains("an ISAPI filter", output, StringComparison.Ordinal);
        Assert.Contains("GetFilterVersion: ", output, StringComparison.Ordinal);
        Assert.Contains("ORDER_HIGH", output, StringComparison.Ordinal);
    }

    [Theory, Platforms]
    public async Task A_missing_library_is_marked(Platform platform)
    {
        string module = Path.Combine(Repository.Modules(platform), HostCommand.ModuleFile(platform, "needs-neighbour"));
        string copy = Path.Combine(_folder.FullName, Path.GetFileName(module));
        File.Copy(module, copy);

        var (exitCode, output) = await HostProcess.Run(platform, "inspect", HostCommand.PathFor(platform, copy));

        Assert.Equal(3, exitCode);
        Assert.Contains("MISSING", output, StringComparison.Ordinal);
        Assert.Contains("put what is missing beside the module", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_library_that_is_not_built_under_its_name_is_no_neighbour()
    {
        Assert.SkipWhen(HostCommand.WhyNot(Platform.Linux) is not null, HostCommand.WhyNot(Platform.Linux) ?? string.Empty);
        string source = Path.Combine(_folder.FullName, "empty.c");
        await File.WriteAllTextAsync(source, "int value(void);\nint GetExtensionVersion(void) { return value(); }\nint HttpExtensionProc(void) { return 1; }\n",
            TestContext.Current.CancellationToken);
        string library = Path.Combine(_folder.FullName, "other.c");
        await File.WriteAllTextAsync(library, "int value(void) { return 1; }\n", TestContext.Current.CancellationToken);
        await Compile("-o", "libother.so", library);
        await Compile("-o", "ext.so", source, "-L.", "-lother");
        string module = Path.Combine(_folder.FullName, "ext.so");

        var (_, read) = await HostProcess.Run(Platform.Linux, "inspect", module);
        var (_, loaded) = await HostProcess.Run(Platform.Linux, "inspect", module, "--load");

        Assert.Contains("NOT UNDER THIS NAME", read, StringComparison.Ordinal);
        Assert.Contains("link it with -Wl,-soname,libother.so", read, StringComparison.Ordinal);
        Assert.Contains("link it with -Wl,-soname,libother.so", loaded, StringComparison.Ordinal);
    }

    [Theory, Platforms]
    public async Task A_library_that_the_module_finds_by_its_own_path_is_found(Platform platform)
    {
        string module = Path.Combine(Repository.Modules(platform), HostCommand.ModuleFile(platform, "needs-neighbour"));

        var (exitCode, output) = await HostProcess.Run(platform, "inspect", HostCommand.PathFor(platform, module));

        Assert.Equal(0, exitCode);
        Assert.Contains("This host can serve it", output, StringComparison.Ordinal);
    }

    [Theory]
    [Platforms("win-x64", "thread-state", true)]
    [Platforms("win-x64", "hello", false)]
    [Platforms("win-x86", "hello", false)]
    public async Task What_changes_the_account_of_a_thread_is_named_and_libraries_of_Windows_are_part_of_it(
        Platform platform, string target, string name, bool changes)
    {
        string path = Path.Combine(Repository.Modules(target), name + ".dll");
        Assert.SkipUnless(File.Exists(path), $"{path} is not built");

        var (_, output) = await HostProcess.Run(platform, "inspect", HostCommand.PathFor(platform, path));

        Assert.Equal(changes, output.Contains("requests run as the host's own account", StringComparison.Ordinal));
        Assert.DoesNotContain("DOES NOT FIT", output, StringComparison.Ordinal);
        Assert.DoesNotContain("MISSING", output, StringComparison.Ordinal);
    }

    [Theory, Platforms]
    public async Task Several_files_have_a_line_each(Platform platform)
    {
        var (exitCode, output) = await HostProcess.Run(platform, "inspect", Module("hello"), Module("f*rm"));

        Assert.Equal(0, exitCode);
        Assert.Matches(@"(?m)hello\.\w+ +extension, 64-bit +can be served here\r?$", output);
        Assert.Matches(@"(?m)form\.\w+ +extension, 64-bit +can be served here\r?$", output);

        string Module(string name) =>
            HostCommand.PathFor(platform, Path.Combine(Repository.Modules(platform), HostCommand.ModuleFile(platform, name)));
    }

    [Theory, Platforms]
    public async Task A_folder_means_the_modules_in_it(Platform platform)
    {
        File.Copy(
            Path.Combine(Repository.Modules(platform), HostCommand.ModuleFile(platform, "hello")),
            Path.Combine(_folder.FullName, HostCommand.ModuleFile(platform, "first")));
        Write("second.dll", "just some text\n"u8.ToArray());
        Write("notes.txt", "no module\n"u8.ToArray());

        var (exitCode, output) = await HostProcess.Run(platform, "inspect", "--json", HostCommand.PathFor(platform, _folder.FullName));

        Assert.Equal(2, exitCode);
        var reports = JsonDocument.Parse(output[output.IndexOf('[', StringComparison.Ordinal)..(output.LastIndexOf(']') + 1)]).RootElement;
        Assert.Equal([true, false], reports.EnumerateArray().Select(report => report.GetProperty("canBeServedHere").GetBoolean()));
    }

    [Theory, Platforms]
    public async Task Files_that_are_no_modules_are_described(Platform platform)
    {
        string text = Write("text.dll", "just some text\n"u8.ToArray());
        byte[] whole = await File.ReadAllBytesAsync(Path.Combine(Repository.Modules("win-x64"), "hello.dll"), TestContext.Current.CancellationToken);
        string truncated = Write("truncated.dll", whole[..(whole.Length / 2)]);
        string sparse = Path.Combine(_folder.FullName, "sparse.dll");
        await using (FileStream file = File.Create(sparse))
        {
            file.SetLength(2L << 30);
        }

        await AssertDescribed(text, "it is a text file");
        await AssertDescribed(truncated, "it is truncated");
        await AssertDescribed(sparse, "2,147,483,648 bytes");
        await AssertDescribed(Path.Combine(_folder.FullName, "nowhere.dll"), "there is no such file. Name the module's file.");

        async Task AssertDescribed(string path, string words)
        {
            var (exitCode, output) = await HostProcess.Run(platform, "inspect", HostCommand.PathFor(platform, path));
            Assert.Equal(2, exitCode);
            Assert.Contains(words, output, StringComparison.Ordinal);
        }
    }

    private async Task Compile(params string[] arguments)
    {
        using Process gcc = Process.Start(new ProcessStartInfo("gcc", ["-shared", "-fPIC", .. arguments]) { WorkingDirectory = _folder.FullName })!;
        await gcc.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, gcc.ExitCode);
    }

    private static JsonElement Json(string output) =>
        JsonDocument.Parse(output[output.IndexOf('{', StringComparison.Ordinal)..(output.LastIndexOf('}') + 1)]).RootElement;

    private string Write(string name, byte[] content)
    {
        string path = Path.Combine(_folder.FullName, name);
        File.WriteAllBytes(path, content);
        return path;
    }
}
