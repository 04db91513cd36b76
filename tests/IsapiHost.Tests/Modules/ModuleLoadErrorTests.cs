using System.Runtime.InteropServices;
using IsapiHost.Modules;
using static IsapiHost.Tests.Modules.ModuleCompiler;

namespace IsapiHost.Tests.Modules;

/// <summary>Each way in which a load fails, with a real file, and the words that its user reads.</summary>
public sealed class ModuleLoadErrorTests : IDisposable
{
    private readonly ModuleCompiler _compiler = new();

    public void Dispose() => _compiler.Dispose();

    [Fact]
    public void A_file_that_does_not_exist()
    {
        string path = Path.Combine(_compiler.Folder, "none.dll");

        AssertFails(path, ModuleLoadError.FileNotFound, $"There is no file '{path}'.");
    }

    [Fact]
    public void A_folder() => AssertFails(_compiler.Folder, ModuleLoadError.NotAModule, "is a folder");

    [Fact]
    public void A_text_file() => AssertFails(Write("ext.so", "hello\n"u8.ToArray()), ModuleLoadError.NotAModule, "is a text file");

    [Fact]
    public void A_truncated_DLL()
    {
        byte[] whole = File.ReadAllBytes(_compiler.Build(Mingw64, "extension.c", "whole.dll", "-s"));

        AssertFails(Write("ext.dll", whole[..^2000]), ModuleLoadError.NotAModule, "is truncated");
    }

    [Fact]
    public void A_truncated_shared_object()
    {
        byte[] whole = File.ReadAllBytes(_compiler.Build(Gcc, "extension.c", "whole.so", "-s"));

        AssertFails(Write("ext.so", whole[..(whole.Length / 2)]), ModuleLoadError.NotAModule, "is truncated");
    }

    [Theory]
    [InlineData(Mingw64, "a 64-bit x64 Windows DLL", "serve it with the Windows build")]
    [InlineData(Mingw32, "a 32-bit x86 Windows DLL", "the Windows build of isapihost is for 64-bit x64 DLLs")]
    public void A_Windows_DLL_on_Linux(string compiler, string kind, string remedy)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "a Windows DLL is at home on Windows");
        string path = _compiler.Build(compiler, "extension.c", "ext.dll");

        AssertFails(path, ModuleLoadError.WrongOperatingSystem, $"is {kind}, and this host does not run on Windows: {remedy}");
    }

    [Fact]
    public void A_shared_object_for_32_bit_x86()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && RuntimeInformation.ProcessArchitecture == Architecture.X64, "needs Linux on x64");
        byte[] header = new byte[52];
        new byte[] { 0x7f, (byte)'E', (byte)'L', (byte)'F', 1, 1, 1 }.CopyTo(header, 0);
        (header[16], header[18]) = (3, 3);

        AssertFails(Write("ext.so", header), ModuleLoadError.WrongProcessor,
            "is a 32-bit x86 Linux shared object, this host is 64-bit x64: build it without -m32.");
    }

    [Fact]
    public void A_program()
    {
        Assert.SkipUnless(File.Exists("/bin/ls"), "/bin/ls does not exist here");

        AssertFails("/bin/ls", ModuleLoadError.NotAModule, "is a 64-bit");
    }

    [Fact]
    public void A_managed_assembly() =>
        AssertFails(typeof(ModuleLoadErrorTests).Assembly.Location, ModuleLoadError.MissingExport, "is a .NET assembly");

    [Fact]
    public void An_extension_with_a_missing_export()
    {
        string path = _compiler.BuildSharedObject("missing_export.c", "ext.so");

        AssertFails(path, ModuleLoadError.MissingExport, "is not an ISAPI extension: it does not export GetExtensionVersion. If");
    }

    [Fact]
    public void Exports_with_Cpp_names()
    {
        string path = _compiler.BuildSharedObject("missing_export.c", "ext.so", "-x", "c++", "-DHttpExtensionProc=_Z17HttpExtensionProcP4_ECB");

        AssertFails(path, ModuleLoadError.MissingExport, "declare it extern \"C\"");
    }

    [Fact]
    public void A_filter_given_as_an_extension()
    {
        string path = _compiler.BuildSharedObject("filter.c", "filter.so");

        AssertFails(path, ModuleLoadError.MissingExport, "It is an ISAPI filter: use it with --filter.");
    }

    [Fact]
    public void GetExtensionVersion_that_returns_FALSE()
    {
        string path = _compiler.BuildSharedObject("refuses_to_start.c", "ext.so");

        AssertFails(path, ModuleLoadError.InitialisationFailed, "GetExtensionVersion returned FALSE (last error 1008)");
    }

    [Fact]
    public void A_missing_neighbour_is_named()
    {
        string neighbour = _compiler.BuildSharedObject("neighbour.c", "build/libneighbour.so", "-Wl,-soname,libneighbour.so");
        string path = _compiler.BuildSharedObject("needs_neighbour.c", "ext.so", neighbour);

        AssertFails(path, ModuleLoadError.MissingDependency, "needs libneighbour.so, not found in its own folder or the system's");
    }

    [Fact]
    public void A_neighbours_missing_neighbour_is_named_with_it()
    {
        string last = _compiler.BuildSharedObject("neighbour.c", "build/liblast.so", "-Wl,-soname,liblast.so");
        string middle = _compiler.BuildSharedObject("missing_export.c", "own/libmiddle.so", "-Wl,-soname,libmiddle.so", "-Wl,--no-as-needed", last);
        string path = _compiler.BuildSharedObject("minimal.c", "own/ext.so", "-Wl,--no-as-needed", middle, "-Wl,--allow-shlib-undefined");

        AssertFails(path, ModuleLoadError.MissingDependency, "needs liblast.so (needed by libmiddle.so)");
    }

    [Fact]
    public void A_neighbour_that_is_built_without_its_name()
    {
        string neighbour = _compiler.BuildSharedObject("neighbour.c", "libneighbour.so");
        string path = _compiler.BuildSharedObject("needs_neighbour.c", "ext.so", "-L" + _compiler.Folder, "-lneighbour");

        AssertFails(path, ModuleLoadError.MissingDependency, $"'{neighbour}' exists but is not built under that name: link it with -Wl,-soname,libneighbour.so");
    }

    [Fact]
    public void A_function_that_no_library_has()
    {
        string path = _compiler.BuildSharedObject("needs_neighbour.c", "ext.so");

        AssertFails(path, ModuleLoadError.LoadFailed, "undefined symbol: neighbour_answer");
    }

    private static void AssertFails(string path, ModuleLoadError error, string words)
    {
        ModuleLoadException failure = Assert.Throws<ModuleLoadException>(() => ExtensionModule.Load(path));
        Assert.Equal(error, failure.Error);
        Assert.Equal(path, failure.Path);
        Assert.Contains(words, failure.Message, StringComparison.Ordinal);
        Assert.Contains(path, failure.Message, StringComparison.Ordinal);
    }

    private string Write(string name, byte[] content)
    {
        string path = Path.Combine(_compiler.Folder, name);
        File.WriteAllBytes(path, content);
        return path;
    }
}
