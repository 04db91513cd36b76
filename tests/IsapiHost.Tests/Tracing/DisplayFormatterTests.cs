using System.Text;
using IsapiHost.Tracing;

namespace IsapiHost.Tests.Tracing;

public sealed class DisplayFormatterTests
{
    [Theory]
    [InlineData("a line\r\nand\ta tab", "\"a line\\r\\nand\\ta tab\"")]
    [InlineData("with its NUL\0", "\"with its NUL\\x00\"")]
    [InlineData("\u0001\u0002\u0003", "01 02 03")]
    [InlineData("\u0089PNG\r\n\u001a\n\0\0\0\rIHDR\0\0\u0001\0", "89 50 4e 47 0d 0a 1a 0a 00 00 00 0d 49 48 44 52 00 00 01 00")]
    public void Bytes_are_quoted_where_a_person_can_read_them(string bytes, string shown) => Assert.Equal(shown, DisplayFormatter.Data(bytes));

    [Fact]
    public void Text_in_UTF_8_is_no_binary_data() =>
        Assert.StartsWith("\"", DisplayFormatter.Data(Encoding.Latin1.GetString("Привет, мир: страница на русском"u8)), StringComparison.Ordinal);

    [Fact]
    public void Of_binary_data_the_beginning_is_shown() =>
        Assert.EndsWith("00 00 …", DisplayFormatter.Data(new string('\0', 100)), StringComparison.Ordinal);
}
