using System.Text;

namespace IsapiHost.Tests.Interop.Abi;

public sealed class LayoutTests
{
    [Fact]
    public void The_structures_of_this_process_are_laid_out_as_in_the_windows_sdk() =>
        Assert.Equal(StructureTable.For(nint.Size), ManagedAbi.Layout());

    [Theory]
    [InlineData(8)]
    [InlineData(4)]
    public void One_declaration_gives_the_layout_of_both_pointer_sizes(int pointerSize) =>
        Assert.Equal(StructureTable.For(pointerSize), ManagedAbi.ComputedLayout(pointerSize));

    [Fact]
    public void Our_headers_compiled_for_this_system_print_the_same_layouts_and_constants()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The program is built with the system's gcc, for Linux.");
        using var folder = new TemporaryFolder();
        var program = folder.PathOf("layout");
        NativeCompiler.Compile("gcc", "-I", NativeCompiler.Headers, "-o", program, NativeCompiler.LayoutSource);

        var printed = NativeCompiler.Run(program).Split('\n', StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal);

        var sizes = ManagedAbi.FieldSizes();
        var expected = ManagedAbi.Layout().Select(n => sizes.TryGetValue(n.Key, out var size) ? $"{n.Key} {n.Value} {size}" : $"{n.Key} {n.Value}")
            .Concat(ManagedAbi.Constants().Select(c => $"{c.Key} {c.Value}"));
        Assert.Equal(expected.Order(StringComparer.Ordinal), printed);
    }

    [Theory]
    [InlineData("x86_64-w64-mingw32-gcc", 8)]
    [InlineData("i686-w64-mingw32-gcc", 4)]
    public void Our_headers_compiled_for_windows_have_the_same_layouts_and_constants(string compiler, int pointerSize) =>
        CheckAtCompileTime(compiler, pointerSize, "-I", NativeCompiler.Headers);

    [Theory]
    [InlineData("x86_64-w64-mingw32-gcc", 8)]
    [InlineData("i686-w64-mingw32-gcc", 4)]
    public void The_headers_of_mingw_have_the_same_layouts_and_constants(string compiler, int pointerSize) =>
        CheckAtCompileTime(compiler, pointerSize, "-DINTERFACE_6");

    [Theory]
    [InlineData("gcc", "-std=gnu17")]
    [InlineData("gcc", "-std=c11")]
    [InlineData("g++", "-xc++")]
    [InlineData("x86_64-w64-mingw32-gcc", "-xc")]
    [InlineData("x86_64-w64-mingw32-g++", "-xc++")]
    [InlineData("i686-w64-mingw32-gcc", "-xc")]
    public void Each_header_compiles_on_its_own_without_a_warning(string compiler, string option)
    {
        using var folder = new TemporaryFolder();
        var source = folder.PathOf("alone.c");
        foreach (var header in Directory.GetFiles(NativeCompiler.Headers, "*.h"))
        {
            File.WriteAllText(source, $"#include <{Path.GetFileName(header)}>\n");
            NativeCompiler.Compile(compiler, option, "-fsyntax-only", "-I", NativeCompiler.Headers, source);
        }
    }

    private static void CheckAtCompileTime(string compiler, int pointerSize, params string[] options)
    {
        using var folder = new TemporaryFolder();
        var expected = new StringBuilder();
        foreach (var (name, value) in StructureTable.For(pointerSize))
        {
            var kind = name.Contains('.', StringComparison.Ordinal) ? "OFFSET" : "SIZE";
            expected.Append("#define EXPECT_").Append(kind).Append('_').Append(name.Replace('.', '_')).Append(' ').Append(value).Append('\n');
        }

        foreach (var (name, value) in ManagedAbi.Constants())
        {
            expected.Append("#define EXPECT_").Append(name).Append(' ').Append(value).Append("u\n");
        }

        var header = folder.PathOf("expected.h");
        File.WriteAllText(header, expected.ToString());
        NativeCompiler.Compile(compiler, ["-DCHECK", "-fsyntax-only", "-include", header, .. options, NativeCompiler.LayoutSource]);
    }
}
