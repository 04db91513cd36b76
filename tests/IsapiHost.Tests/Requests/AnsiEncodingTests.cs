using System.Text;
using IsapiHost.Requests;

namespace IsapiHost.Tests.Requests;

public class AnsiEncodingTests
{
    [Fact]
    public void Utf8_is_the_default_outside_windows()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has a system code page.");

        Assert.IsType<UTF8Encoding>(AnsiEncoding.Create(null));
    }

    [Theory]
    [InlineData(1252)]
    [InlineData(932)]
    [InlineData(28591)]
    [InlineData(65001)]
    public void A_code_page_is_found(int codePage) => Assert.Equal(codePage, AnsiEncoding.Create(codePage).CodePage);

    [Theory]
    [InlineData(1)]
    [InlineData(-1)]
    [InlineData(99999)]
    [InlineData(1200)]
    [InlineData(37)]
    public void Another_number_is_refused_with_its_option(int codePage) =>
        Assert.Contains("AnsiCodePage", Assert.Throws<ArgumentException>(() => AnsiEncoding.Create(codePage)).Message, StringComparison.Ordinal);

    [Fact]
    public void What_a_code_page_lacks_becomes_a_question_mark() =>
        Assert.Equal("?"u8, AnsiEncoding.Create(1252).GetBytes("\uFF0F"));
}
