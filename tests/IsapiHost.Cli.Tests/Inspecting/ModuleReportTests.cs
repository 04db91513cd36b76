using IsapiHost.Cli.Inspecting;

namespace IsapiHost.Cli.Tests.Inspecting;

public sealed class ModuleReportTests
{
    [Theory]
    [InlineData("GetExtensionVersion", "GetExtensionVersion", false)]
    [InlineData("_HttpExtensionProc@4", "HttpExtensionProc", true)]
    [InlineData("HttpFilterProc@12", "HttpFilterProc", true)]
    [InlineData("?run@@YAXXZ", null, true)]
    [InlineData("_Z3runv", null, true)]
    [InlineData("other@8", null, true)]
    [InlineData("a@b", null, false)]
    public void Exports_are_known_by_their_plain_names(string name, string? function, bool isDecorated) =>
        Assert.Equal(new ExportReport(name, function, isDecorated), ExportReport.From(name));

    [Theory]
    [InlineData("KERNEL32.dll", true)]
    [InlineData("msvcrt.dll", true)]
    [InlineData("VCRUNTIME140.dll", false)]
    [InlineData("msvcr90.dll", false)]
    [InlineData("mfc42.dll", false)]
    public void Redistributable_runtimes_are_no_part_of_Windows(string name, bool isPart) => Assert.Equal(isPart, WindowsLibraries.AreIn(name));

    [Fact]
    public void Filter_flags_have_their_names()
    {
        Assert.Equal(["SECURE_PORT", "NONSECURE_PORT", "PREPROC_HEADERS", "ORDER_HIGH", "0x10000000"], LoadedFilter.Names(0x00084003 | 0x10000000));
    }
}
