using System.Globalization;
using System.Runtime.InteropServices;

namespace IsapiHost.Interop;

/// <summary>Which files the code in the memory of this process comes from, at one moment.</summary>
internal sealed unsafe partial class MemoryMap
{
    private const uint FROM_ADDRESS_UNCHANGED_REFCOUNT = 0x4 | 0x2;
    private const int LongestPath = 32768;

    private readonly List<(nint Start, nint End, bool IsCode, string File)> _files;

    private MemoryMap(List<(nint Start, nint End, bool IsCode, string File)> files) => _files = files;

    public static MemoryMap Read() => new(OperatingSystem.IsLinux() ? [.. File.ReadLines("/proc/self/maps").Select(Parse).Where(file => file.File.Length > 0)] : []);

    /// <summary>The file whose code stands at an address, and how far behind the beginning of its image; null for all other memory.</summary>
    public (string File, long Offset)? Find(nint address)
    {
        if (OperatingSystem.IsWindows())
        {
            return FindOnWindows(address);
        }

        foreach (var (start, end, isCode, file) in _files)
        {
            if (isCode && address >= start && address < end)
            {
                return (file, address - _files.First(first => first.File == file).Start);
            }
        }

        return null;
    }

    /// <summary>Where the code of a file stands; nowhere if the file is not in memory. Linux only.</summary>
    public IReadOnlyList<(nint Start, nint End)> CodeOf(string file) =>
        [.. _files.Where(part => part.IsCode && part.File == file).Select(part => (part.Start, part.End))];

    // "START-END rwxp OFFSET DEVICE INODE   PATH"
    private static (nint Start, nint End, bool IsCode, string File) Parse(string line)
    {
        var path = line.IndexOf('/', StringComparison.Ordinal);
        var dash = line.IndexOf('-', StringComparison.Ordinal);
        var blank = line.IndexOf(' ', StringComparison.Ordinal);
        return path < 0
            ? default((nint, nint, bool, string)) with { Item4 = "" }
            : (Number(line.AsSpan(..dash)), Number(line.AsSpan(dash + 1, blank - dash - 1)), line[blank + 3] == 'x', line[path..]);
    }

    private static nint Number(ReadOnlySpan<char> text) => nint.Parse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);

    private static (string File, long Offset)? FindOnWindows(nint address)
    {
        var name = stackalloc char[LongestPath];
        return GetModuleHandleExW(FROM_ADDRESS_UNCHANGED_REFCOUNT, address, out var module) != 0
            && GetModuleFileNameW(module, name, LongestPath) is > 0 and var length
            ? (new string(name, 0, (int)length), address - module)
            : null;
    }

    [LibraryImport("kernel32")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static partial int GetModuleHandleExW(uint flags, nint address, out nint module);

    [LibraryImport("kernel32")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static partial uint GetModuleFileNameW(nint module, char* name, uint size);
}
