using IsapiHost.Modules;
using static IsapiHost.Tests.Modules.ModuleCompiler;

namespace IsapiHost.Tests.Modules;

public sealed class ModuleImageTests : IDisposable
{
    private readonly ModuleCompiler _compiler = new();

    public void Dispose() => _compiler.Dispose();

    [Fact]
    public void A_64_bit_Windows_DLL_tells_its_processor_exports_and_imports()
    {
        ModuleImage image = ModuleImage.Read(_compiler.Build(Mingw64, "extension.c", "ext.dll"));

        Assert.Null(image.Fault);
        Assert.Equal(ModuleFormat.PortableExecutable, image.Format);
        Assert.Equal(ModuleArchitecture.X64, image.Architecture);
        Assert.True(image.Is64Bit);
        Assert.True(image.IsLibrary);
        Assert.False(image.IsTruncated);
        Assert.False(image.IsDotNetAssembly);
        Assert.False(image.IsCetCompatible);
        Assert.Equal(["GetExtensionVersion", "HttpExtensionProc", "TerminateExtension"], image.Exports);
        Assert.Contains(new ImportedLibrary("KERNEL32.dll", IsDelayed: false), image.Imports);
        Assert.DoesNotContain(image.Imports, i => i.IsDelayed);
        Assert.True(image.IsExtension);
        Assert.False(image.IsFilter);
    }

    [Fact]
    public void A_32_bit_Windows_DLL_is_an_extension_by_its_decorated_exports()
    {
        ModuleImage image = ModuleImage.Read(_compiler.Build(Mingw32, "extension.c", "ext.dll"));

        Assert.Null(image.Fault);
        Assert.Equal(ModuleArchitecture.X86, image.Architecture);
        Assert.False(image.Is64Bit);
        Assert.Equal(["GetExtensionVersion@4", "HttpExtensionProc@4", "TerminateExtension@4"], image.Exports);
        Assert.True(image.IsExtension);
    }

    [Fact]
    public void The_decorated_exports_of_a_filter_have_the_size_of_their_own_arguments()
    {
        ModuleImage image = ModuleImage.Read(_compiler.Build(Mingw32, "filter.c", "filter.dll"));

        Assert.Equal(["GetFilterVersion@4", "HttpFilterProc@12"], image.Exports);
        Assert.True(image.IsFilter);
        Assert.False(image.IsExtension);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_delay_import_is_told_apart_from_a_plain_one(bool byAddress)
    {
        string path = _compiler.Build(Mingw64, "minimal.c", "ext.dll", "-s");
        PortableExecutablePatch.AddDelayImport(path, "delayed.dll", byAddress);

        ModuleImage image = ModuleImage.Read(path);

        Assert.Null(image.Fault);
        Assert.Equal(["delayed.dll"], image.Imports.Where(i => i.IsDelayed).Select(i => i.Name));
        Assert.Contains(image.Imports, i => !i.IsDelayed && i.Name == "KERNEL32.dll");
    }

    [Fact]
    public void CET_compatibility_stands_in_the_debug_directory()
    {
        string path = _compiler.Build(Mingw64, "minimal.c", "ext.dll", "-Wl,--build-id");
        PortableExecutablePatch.TurnDebugEntryIntoExtendedCharacteristics(path, 1);

        Assert.True(ModuleImage.Read(path).IsCetCompatible);
    }

    [Fact]
    public void A_shared_object_tells_its_exports_and_needed_libraries()
    {
        string neighbour = _compiler.Build(Gcc, "neighbour.c", "libneighbour.so", "-Wl,-soname,libneighbour.so");
        ModuleImage image = ModuleImage.Read(_compiler.Build(Gcc, "needs_neighbour.c", "ext.so", neighbour));

        Assert.Null(image.Fault);
        Assert.Equal(ModuleFormat.Elf, image.Format);
        Assert.True(image.IsLibrary);
        Assert.Equal(["GetExtensionVersion", "HttpExtensionProc"], image.Exports.Order());
        Assert.Equal("libneighbour.so", image.Imports[0].Name);
        Assert.Equal("libneighbour.so", ModuleImage.Read(neighbour).SoName);
    }

    [Theory]
    [InlineData("-Wl,--hash-style=sysv")]
    [InlineData("-Wl,--hash-style=gnu")]
    public void The_exports_are_found_by_either_hash_table_without_section_headers(string style)
    {
        string path = _compiler.Build(Gcc, "extension.c", "ext.so", style, "-s");
        using (FileStream file = File.OpenWrite(path))
        {
            file.Position = 0x28; // e_shoff
            file.Write(new byte[8]);
        }

        Assert.Equal(["GetExtensionVersion", "HttpExtensionProc", "TerminateExtension"], ModuleImage.Read(path).Exports.Order());
    }

    [Fact]
    public void A_position_independent_program_is_no_library()
    {
        Assert.SkipUnless(File.Exists("/bin/ls"), "/bin/ls does not exist here");

        Assert.False(ModuleImage.Read("/bin/ls").IsLibrary);
    }

    [Fact]
    public void A_managed_assembly_is_recognised()
    {
        ModuleImage image = ModuleImage.Read(typeof(ModuleImageTests).Assembly.Location);

        Assert.True(image.IsDotNetAssembly);
        Assert.Empty(image.Exports);
    }

    [Theory]
    [InlineData("", "is an empty file")]
    [InlineData("version https://git-lfs.github.com/spec/v1\n", "is a text file")]
    [InlineData("\x1\x2\x3\x4", "is neither a Windows DLL nor a Linux shared object")]
    [InlineData("MZ", "is damaged or truncated: its PE headers cannot be read")]
    [InlineData("\u007fELF", "is damaged: a table points outside the file")]
    public void A_file_that_is_no_module_is_described(string content, string fault)
    {
        ModuleImage image = Image(content.Select(c => (byte)c).ToArray());

        Assert.Equal(ModuleFormat.Unknown, image.Format);
        Assert.Equal(fault, image.Fault);
    }

    [Fact]
    public void A_truncated_DLL_is_recognised()
    {
        byte[] whole = File.ReadAllBytes(_compiler.Build(Mingw64, "extension.c", "ext.dll", "-s"));

        ModuleImage image = Image(whole[..(whole.Length / 2)]);

        Assert.Equal(ModuleFormat.PortableExecutable, image.Format);
        Assert.True(image.IsTruncated);
        Assert.NotNull(image.Fault);
    }

    [Fact]
    public void Big_endian_code_is_of_another_processor()
    {
        byte[] header = new byte[64];
        "\x7f"u8.CopyTo(header);
        "ELF"u8.CopyTo(header.AsSpan(1));
        (header[4], header[5], header[17], header[19]) = (2, 2, 3, 22);

        ModuleImage image = Image(header);

        Assert.Equal(ModuleFormat.Elf, image.Format);
        Assert.Equal(ModuleArchitecture.Other, image.Architecture);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_sparse_file_of_more_than_2_GB_is_read_in_place(bool isModule)
    {
        string path = Path.Combine(_compiler.Folder, "large.dll");
        if (isModule)
        {
            _compiler.Build(Mingw64, "extension.c", "large.dll");
        }

        using (FileStream file = new(path, FileMode.OpenOrCreate))
        {
            file.SetLength((2L << 30) + 5);
        }

        long before = GC.GetAllocatedBytesForCurrentThread();
        ModuleImage image = ModuleImage.Read(path);

        Assert.Equal(isModule, image.IsExtension);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20);
    }

    private static ModuleImage Image(byte[] content) => ModuleImage.Read("test", new MemoryStream(content));
}
