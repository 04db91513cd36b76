using System.Text;
using IsapiHost.Interop;
using IsapiHost.Interop.Abi;
using IsapiHost.Mapping;

namespace IsapiHost.Tests.Extensions;

public sealed unsafe class ServerSupportUrlTests : IDisposable
{
    private readonly SupportCalls _support = new();

    [Theory]
    [InlineData("/folder/file.txt")]
    [InlineData("/höhe/日本.txt")]
    [InlineData("/a?query=1", "/a")]
    public void A_wide_url_is_mapped_and_the_size_is_in_bytes_with_the_nul(string url, string? path = null)
    {
        var expected = Physical(path ?? url);
        var buffer = stackalloc char[512];
        url.CopyTo(new Span<char>(buffer, 512));
        uint size = 1024;

        Assert.Equal(Win32Error.SUCCESS, _support.Call(HSE_REQ.MAP_UNICODE_URL_TO_PATH, buffer, &size));

        Assert.Equal(expected, new string(buffer));
        Assert.Equal((uint)((expected.Length + 1) * 2), size);
    }

    [Fact]
    public void A_buffer_that_is_one_byte_too_small_tells_the_size_and_is_left_alone()
    {
        var needed = (uint)((Physical("/file").Length + 1) * 2);
        var buffer = stackalloc char[512];
        "/file".CopyTo(new Span<char>(buffer, 512));
        var size = needed - 1;

        Assert.Equal(Win32Error.INSUFFICIENT_BUFFER, _support.Call(HSE_REQ.MAP_UNICODE_URL_TO_PATH, buffer, &size));

        Assert.Equal(needed, size);
        Assert.Equal("/file", new string(buffer));
    }

    [Fact]
    public void The_url_ends_at_the_size_when_no_nul_comes_earlier()
    {
        var buffer = stackalloc char[512];
        new Span<char>(buffer, 512).Fill('x');
        "/abcd".CopyTo(new Span<char>(buffer, 512));
        HSE_UNICODE_URL_MAPEX_INFO info;
        uint size = 6;

        Assert.Equal(Win32Error.SUCCESS, _support.Call(HSE_REQ.MAP_UNICODE_URL_TO_PATH_EX, buffer, &size, &info));

        Assert.Equal(Physical("/ab"), new string((char*)info.lpszPath));
    }

    [Fact]
    public void The_wide_structure_is_532_bytes_and_nothing_behind_it_is_touched()
    {
        var room = stackalloc byte[560];
        new Span<byte>(room, 560).Fill(0xEE);
        uint size = 10;

        fixed (char* url = "/file")
        {
            Assert.Equal(Win32Error.SUCCESS, _support.Call(HSE_REQ.MAP_UNICODE_URL_TO_PATH_EX, url, &size, room));
        }

        var info = (HSE_UNICODE_URL_MAPEX_INFO*)room;
        Assert.Equal(Physical("/file"), new string((char*)info->lpszPath));
        Assert.Equal((uint)((Physical("/file").Length + 1) * 2), size);
        Assert.Equal(UrlMap.AccessFlags, info->dwFlags);
        Assert.Equal((uint)SupportCalls.Root.Length, info->cchMatchingPath);
        Assert.Equal(0u, info->cchMatchingURL);
        Assert.All(new Span<byte>(room + 532, 28).ToArray(), value => Assert.Equal(0xEE, value));
    }

    [Fact]
    public void A_path_of_more_than_259_characters_is_cut_between_characters_and_refused()
    {
        var url = "/" + new string('a', 400);
        HSE_UNICODE_URL_MAPEX_INFO info;
        uint size = 1000;

        fixed (char* text = url)
        {
            Assert.Equal(Win32Error.INSUFFICIENT_BUFFER, _support.Call(HSE_REQ.MAP_UNICODE_URL_TO_PATH_EX, text, &size, &info));
        }

        Assert.Equal(Physical(url)[..259], new string((char*)info.lpszPath));
    }

    [Theory]
    [InlineData("/a/../../b")]
    [InlineData("/..")]
    public void A_url_that_leaves_the_root_is_refused(string url)
    {
        var buffer = stackalloc char[512];
        url.CopyTo(new Span<char>(buffer, 512));
        uint size = 1024;

        Assert.Equal(Win32Error.INVALID_PARAMETER, _support.Call(HSE_REQ.MAP_UNICODE_URL_TO_PATH, buffer, &size));
        Assert.Equal(url, new string(buffer));
    }

    [Theory]
    [InlineData("/a/./b//c/../d", "/a/b/d")]
    [InlineData("/a%20b?x=%20", "/a b?x=%20")]
    [InlineData("", "")]
    public void A_url_is_normalised_in_place(string url, string expected)
    {
        var buffer = stackalloc byte[64];
        Encoding.UTF8.GetBytes(url, new Span<byte>(buffer, 64));

        Assert.Equal(Win32Error.SUCCESS, _support.Call(HSE_REQ.NORMALIZE_URL, buffer));

        Assert.Equal(expected, Encoding.UTF8.GetString(NativeString.Read(buffer, 64)));
    }

    [Fact]
    public void What_is_missing_is_an_invalid_parameter()
    {
        var buffer = stackalloc char[4];
        uint size = 8;

        Assert.Equal(Win32Error.INVALID_PARAMETER, _support.Call(HSE_REQ.MAP_UNICODE_URL_TO_PATH, null, &size));
        Assert.Equal(Win32Error.INVALID_PARAMETER, _support.Call(HSE_REQ.MAP_UNICODE_URL_TO_PATH, buffer));
        Assert.Equal(Win32Error.INVALID_PARAMETER, _support.Call(HSE_REQ.MAP_UNICODE_URL_TO_PATH_EX, buffer, &size));
        Assert.Equal(Win32Error.INVALID_PARAMETER, _support.Call(HSE_REQ.NORMALIZE_URL));
    }

    public void Dispose() => _support.Dispose();

    private static string Physical(string url) => SupportCalls.Root + url.Replace('/', Path.DirectorySeparatorChar);
}
