using IsapiHost.Interop.Abi;
using IsapiHost.Tracing;

namespace IsapiHost.Tests.Tracing;

public sealed unsafe class TraceEventTextTests
{
    [Theory]
    [InlineData(HTTP_TRACE_TYPE.SHORT, "FEFF", "-2")]
    [InlineData(HTTP_TRACE_TYPE.LONG, "FFFFFF7F", "2147483647")]
    [InlineData(HTTP_TRACE_TYPE.BOOL, "01000000", "1")]
    [InlineData(HTTP_TRACE_TYPE.CHAR, "FF", "-1")]
    [InlineData(HTTP_TRACE_TYPE.BYTE, "FF", "255")]
    [InlineData(HTTP_TRACE_TYPE.USHORT, "FFFF", "65535")]
    [InlineData(HTTP_TRACE_TYPE.ULONG, "FFFFFFFF", "4294967295")]
    [InlineData(HTTP_TRACE_TYPE.LONGLONG, "FFFFFFFFFFFFFFFF", "-1")]
    [InlineData(HTTP_TRACE_TYPE.ULONGLONG, "FFFFFFFFFFFFFFFF", "18446744073709551615")]
    [InlineData(HTTP_TRACE_TYPE.LPCSTR, "61620063", "ab")]
    [InlineData(HTTP_TRACE_TYPE.LPCSTR, "610D0A62", "ab")]
    [InlineData(HTTP_TRACE_TYPE.LPCWSTR, "6100FC000000", "aü")]
    [InlineData(HTTP_TRACE_TYPE.LPCGUID, "00000000000000000000000000000001", "00000000-0000-0000-0000-000000000001")]
    [InlineData(999, "CAFE", "CAFE")]
    [InlineData(HTTP_TRACE_TYPE.LONG, "FFFFFF", "")]
    public void Each_type_is_read_within_its_bytes(uint type, string data, string expected)
    {
        fixed (byte* bytes = Convert.FromHexString(data))
        fixed (char* name = "value")
        {
            HTTP_TRACE_EVENT_ITEM item = new() { pszName = (ushort*)name, dwDataType = type, pbData = bytes, cbData = (uint)data.Length / 2 };
            HTTP_TRACE_EVENT traced = new() { cEventItems = 1, pEventItems = &item };

            Assert.Equal($"value={expected}", TraceEventText.ItemsOf(&traced));
        }
    }

    [Fact]
    public void Null_pointers_are_empty_and_long_strings_are_cut()
    {
        fixed (char* name = new string('n', 1000))
        {
            var items = stackalloc HTTP_TRACE_EVENT_ITEM[2];
            items[0] = new() { dwDataType = HTTP_TRACE_TYPE.LPCSTR, cbData = 100 };
            items[1] = new() { dwDataType = HTTP_TRACE_TYPE.LPCWSTR, pbData = (byte*)name, cbData = uint.MaxValue };
            HTTP_TRACE_EVENT traced = new() { pszEventName = (ushort*)name, cEventItems = 2, pEventItems = items };

            Assert.Equal("=, =" + new string('n', 256), TraceEventText.ItemsOf(&traced));
            Assert.Equal(new string('n', 128), TraceEventText.NameOf(&traced));
        }
    }
}
