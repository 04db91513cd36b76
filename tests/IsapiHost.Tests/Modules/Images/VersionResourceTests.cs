using System.Text;
using IsapiHost.Modules;
using IsapiHost.Modules.Images;
using static IsapiHost.Tests.Modules.ModuleCompiler;

namespace IsapiHost.Tests.Modules.Images;

public sealed class VersionResourceTests : IDisposable
{
    private const string Script =
        """
        1 VERSIONINFO FILEVERSION 1,2,3,4 PRODUCTVERSION 5,6,7,65535
        {
          BLOCK "StringFileInfo"
          {
            BLOCK "040904E4"
            {
              VALUE "CompanyName", "A company"
              VALUE "FileDescription", "An old\033 extension"
              VALUE "Comments", ""
            }
          }
          BLOCK "VarFileInfo" { VALUE "Translation", 0x409, 1252 }
        }
        """;

    private readonly ModuleCompiler _compiler = new();

    public void Dispose() => _compiler.Dispose();

    [Theory]
    [InlineData(Mingw64, "x86_64-w64-mingw32-windres")]
    [InlineData(Mingw32, "i686-w64-mingw32-windres")]
    public void Versions_and_texts_are_read_from_the_file(string compiler, string resourceCompiler)
    {
        ModuleFileVersion? version = ModuleImage.Read(_compiler.Build(compiler, "minimal.c", "ext.dll", Compile(_compiler, resourceCompiler))).FileVersion;

        Assert.Equal(new Version(1, 2, 3, 4), version?.FileVersion);
        Assert.Equal(new Version(5, 6, 7, 65535), version?.ProductVersion);
        Assert.Equal(
            [("CompanyName", "A company"), ("FileDescription", "An old extension")], version!.Strings.Select(s => (s.Key, s.Value)).Order());
    }

    [Fact]
    public void A_module_without_one_has_none() =>
        Assert.Null(ModuleImage.Read(_compiler.Build(Mingw64, "minimal.c", "plain.dll")).FileVersion);

    [Fact]
    public void Whatever_the_block_holds_reading_it_ends()
    {
        byte[] block = [52 + 40, 0, 52, 0, 0, 0, .. Encoding.Unicode.GetBytes("VS_VERSION_INFO\0"), 0, 0, 0xBD, 0x04, 0xEF, 0xFE, .. new byte[200]];
        Random random = new(1);
        for (int round = 0; round < 200_000; round++)
        {
            byte[] damaged = (byte[])block.Clone();
            random.NextBytes(damaged.AsSpan(random.Next(2) == 0 ? 0 : 92));
            _ = VersionResource.Parse(damaged.AsSpan(0, random.Next(damaged.Length)));
        }
    }

    /// <summary>An object file to link with.</summary>
    internal static string Compile(ModuleCompiler compiler, string resourceCompiler = "x86_64-w64-mingw32-windres")
    {
        File.WriteAllText(Path.Combine(compiler.Folder, "version.rc"), Script);
        compiler.Run(resourceCompiler, "version.rc", "version.o");
        return Path.Combine(compiler.Folder, "version.o");
    }
}
