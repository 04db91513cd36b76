using System.Runtime.InteropServices;

namespace IsapiHost.Interop;

/// <summary>A few bytes of machine code, for the instructions that .NET has no method for. They stay for the life of the process.</summary>
internal static unsafe partial class ExecutableMemory
{
    private const int PROT_READ = 1;
    private const int PROT_WRITE = 2;
    private const int PROT_EXEC = 4;
    private const int MAP_PRIVATE_ANONYMOUS = 0x22;
    private const uint MEM_COMMIT_RESERVE = 0x3000;
    private const uint PAGE_READWRITE = 0x04;
    private const uint PAGE_EXECUTE_READ = 0x20;

    /// <summary>The address of a copy that can be called; 0 where the system does not allow such memory.</summary>
    public static nint Copy(ReadOnlySpan<byte> code)
    {
        var size = (nuint)Environment.SystemPageSize;
        var isWindows = OperatingSystem.IsWindows();
        var memory = isWindows
            ? VirtualAlloc(0, size, MEM_COMMIT_RESERVE, PAGE_READWRITE)
            : Map(0, size, PROT_READ | PROT_WRITE, MAP_PRIVATE_ANONYMOUS, -1, 0);
        if (memory is 0 or -1)
        {
            return 0;
        }

        code.CopyTo(new Span<byte>((void*)memory, (int)size));

        // Never writable and executable at once.
        var isExecutable = isWindows
            ? VirtualProtect(memory, size, PAGE_EXECUTE_READ, out _) != 0
            : Protect(memory, size, PROT_READ | PROT_EXEC) == 0;
        return isExecutable ? memory : 0;
    }

    [LibraryImport("kernel32")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static partial nint VirtualAlloc(nint address, nuint size, uint type, uint protection);

    [LibraryImport("kernel32")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static partial int VirtualProtect(nint address, nuint size, uint protection, out uint before);

    [LibraryImport("libc", EntryPoint = "mmap")]
    private static partial nint Map(nint address, nuint length, int protection, int flags, int file, nint offset);

    [LibraryImport("libc", EntryPoint = "mprotect")]
    private static partial int Protect(nint address, nuint length, int protection);
}
