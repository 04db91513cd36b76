using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using IsapiHost.Interop;
using IsapiHost.Interop.Abi;

namespace IsapiHost.Tests.Interop.Abi;

public sealed unsafe class SharedObjectTests
{
    private static string Source => Path.Combine(NativeCompiler.Repository, "tests", "native", "last_error", "last_error.c");

    [Fact]
    public void The_exports_are_visible_even_when_the_build_hides_symbols() => WithModule(module =>
    {
        Assert.True(NativeLibrary.TryGetExport(module, "GetExtensionVersion", out _));
        Assert.True(NativeLibrary.TryGetExport(module, "HttpExtensionProc", out _));
        Assert.False(NativeLibrary.TryGetExport(module, "TerminateExtension", out _));
    });

    [Fact]
    public void The_version_of_our_header_is_the_hosts() => WithModule(module =>
    {
        var version = default(HSE_VERSION_INFO);
        var getVersion = (delegate* unmanaged[Stdcall]<HSE_VERSION_INFO*, int>)NativeLibrary.GetExport(module, "GetExtensionVersion");

        Assert.Equal(1, getVersion(&version));
        Assert.Equal((uint)HSE.VERSION, version.dwExtensionVersion);
    });

    [Fact]
    public void The_module_reads_the_windows_code_that_a_callback_left_as_the_last_error() => WithModule(module =>
    {
        var block = new EXTENSION_CONTROL_BLOCK { ConnID = 1, GetServerVariable = &RefuseForSize };
        var run = (delegate* unmanaged[Stdcall]<EXTENSION_CONTROL_BLOCK*, uint>)NativeLibrary.GetExport(module, "HttpExtensionProc");

        Assert.Equal(Win32Error.INSUFFICIENT_BUFFER, (Win32Error)run(&block));
    });

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvStdcall)])]
    private static int RefuseForSize(nint connId, byte* name, void* buffer, uint* size)
    {
        Marshal.SetLastSystemError((int)Win32Error.INSUFFICIENT_BUFFER);
        return 0;
    }

    private static void WithModule(Action<nint> test)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The module is built with the system's gcc, for Linux.");
        using var folder = new TemporaryFolder();
        var file = folder.PathOf("last_error.so");
        NativeCompiler.Compile("gcc", "-shared", "-fPIC", "-fvisibility=hidden", "-I", NativeCompiler.Headers, "-o", file, Source);

        var module = NativeLibrary.Load(file);
        try
        {
            test(module);
        }
        finally
        {
            NativeLibrary.Free(module);
        }
    }
}
