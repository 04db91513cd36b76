using IsapiHost.EndToEnd.Hosting;

namespace IsapiHost.EndToEnd;

/// <summary>The functions of Windows in src/include do what those of Windows do.</summary>
public sealed class Win32Tests(SharedHosts hosts)
{
    private const string AsOnWindows =
        """
        strncpy_s 0123456 1
        strcpy_s 0 abc
        strcat_s 0 abcdef
        _snprintf_s -1 long en
        sprintf_s 2 42
        _itoa_s -42
        _strlwr mixed MIXED
        _tcsicmp 0 4
        wsprintf 7
        memory 0 0 0 0 1 1 1 1
        automatic 0 258
        before 258 0 0 0
        permits 0 0 258
        thread 0
        SleepEx 0
        closed 1
        several 258 1 0 258 0

        """;

    [Theory, Platforms]
    public async Task Strings_memory_and_objects_are_as_on_Windows(Platform platform)
    {
        var host = await hosts.Get(platform);

        Assert.Equal(AsOnWindows, await host.GetText("win32"));
    }
}
