using System.Runtime.InteropServices;

namespace IsapiHost.Interop;

/// <summary>
/// How a thread computes: MXCSR and the control word of the x87, on Arm FPCR. Modules change it and leave it changed: Delphi and Free Pascal
/// let divisions by zero raise exceptions, -ffast-math takes denormals for zero. .NET and other modules rely on what they had.
/// </summary>
/// <remarks>
/// .NET has no access to these registers. On x86 and x64 a few bytes of machine code have (a read costs 9 ns, a write as much); elsewhere, and
/// where such code is not allowed, fegetmode and fesetmode of glibc. Without those, on Arm outside of glibc, nothing is done.
/// </remarks>
internal static unsafe class FloatingPointControls
{
    private static readonly delegate* unmanaged[Cdecl, SuppressGCTransition]<ulong*, void> _read;
    private static readonly delegate* unmanaged[Cdecl, SuppressGCTransition]<ulong*, void> _write;
    private static readonly ulong _mask;
    private static readonly ulong _ofDotNet;

    static FloatingPointControls()
    {
        (nint read, nint write, _mask) = FindMachineCode() is { Read: not 0 } code ? code : FindFunctions();
        if (read != 0 && write != 0)
        {
            _read = (delegate* unmanaged[Cdecl, SuppressGCTransition]<ulong*, void>)read;
            _write = (delegate* unmanaged[Cdecl, SuppressGCTransition]<ulong*, void>)write;
            _ofDotNet = Read();
        }
    }

    /// <summary>Remembers how .NET computes. To be called before code of the first module runs, which may change it.</summary>
    public static void Remember() => _ = _ofDotNet;

    /// <summary>After native code has returned: the thread computes as .NET does again. It also leaves MMX and clears the direction flag.</summary>
    public static void Restore() => Write(_ofDotNet);

    /// <summary>Native code has called the host: managed code runs as it always does.</summary>
    /// <returns>For <see cref="LeaveManaged"/>.</returns>
    public static ulong EnterManaged()
    {
        var ofCaller = Read();
        if (IsChanged(ofCaller))
        {
            Write(_ofDotNet);
        }

        return ofCaller;
    }

    /// <summary>The host returns to the native code that called it, which finds what it had.</summary>
    public static void LeaveManaged(ulong ofCaller)
    {
        if (IsChanged(ofCaller))
        {
            Write(ofCaller);
        }
    }

    private static bool IsChanged(ulong value) => ((value ^ _ofDotNet) & _mask) != 0;

    private static ulong Read()
    {
        ulong value = 0;
        if (_read != null)
        {
            _read(&value);
        }

        return value;
    }

    private static void Write(ulong value)
    {
        if (_write != null)
        {
            _write(&value);
        }
    }

    private static (nint Read, nint Write, ulong Mask) FindMachineCode()
    {
        // The pointer to the value goes to (r|e)cx, where Windows has it on x64.
        ReadOnlySpan<byte> argument;
        switch (RuntimeInformation.ProcessArchitecture)
        {
            case Architecture.X64 when OperatingSystem.IsWindows():
                argument = [];
                break;
            case Architecture.X64 when OperatingSystem.IsLinux():
                argument = [0x48, 0x89, 0xF9]; // mov rcx, rdi
                break;
            case Architecture.X86 when OperatingSystem.IsWindows():
                argument = [0x8B, 0x4C, 0x24, 0x04]; // mov ecx, [esp + 4]
                break;
            default:
                return default;
        }

        var read = ExecutableMemory.Copy([
            .. argument,
            0x0F, 0xAE, 0x19,       // stmxcsr [rcx]
            0xD9, 0x79, 0x04,       // fnstcw [rcx + 4]
            0xC3]);                 // ret
        var write = ExecutableMemory.Copy([
            .. argument,
            0xFC,                   // cld
            0xDF, 0xE0,             // fnstsw ax
            0x84, 0xC0,             // test al, al; negative with an exception that the next x87 instruction would raise
            0x79, 0x02,             // jns +2
            0xDB, 0xE2,             // fnclex
            0x0F, 0x77,             // emms
            0xD9, 0x69, 0x04,       // fldcw [rcx + 4]
            0x0F, 0xAE, 0x11,       // ldmxcsr [rcx]
            0xC3]);                 // ret

        // The low six bits of MXCSR tell what has happened, not how the thread computes.
        return write == 0 ? default : (read, write, 0x0000_FFFF_0000_FFC0UL);
    }

    // femode_t has 8 bytes on x64 and 4 on Arm; flags are not part of it, but on x64 those of MXCSR are read.
    private static (nint Read, nint Write, ulong Mask) FindFunctions() =>
        OperatingSystem.IsLinux()
        && NativeLibrary.TryLoad("libm.so.6", out var library)
        && NativeLibrary.TryGetExport(library, "fegetmode", out var read)
        && NativeLibrary.TryGetExport(library, "fesetmode", out var write)
            ? (read, write, RuntimeInformation.ProcessArchitecture == Architecture.X64 ? 0xFFFF_FFC0_0000_FFFFUL : uint.MaxValue)
            : default;
}
