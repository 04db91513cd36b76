using System.Globalization;
using System.Runtime.InteropServices;

namespace IsapiHost.Interop;

/// <summary>What threads of this process wait for, as far as Linux tells: /proc/self/task/ID/syscall.</summary>
internal static class BlockedThread
{
    private const int MostBytes = 256 * 1024;
    private const int PieceSize = 4096;

    /// <summary>The numbers of the threads of this process; none on other systems.</summary>
    public static IEnumerable<int> AllThreads()
    {
        if (!OperatingSystem.IsLinux())
        {
            return [];
        }

        return Directory.EnumerateDirectories("/proc/self/task").Select(folder => int.Parse(Path.GetFileName(folder), CultureInfo.InvariantCulture));
    }

    /// <summary>The name of a thread, at most 15 characters; empty if it has ended. A thread has that of the one that began it.</summary>
    public static string NameOf(int thread) => Read(thread, "comm");

    /// <summary>
    /// Addresses on the stack of a thread, the newest first: those to which calls return are among them. Empty for a thread that runs, has ended,
    /// or may not be looked at.
    /// </summary>
    public static IEnumerable<nint> StackOf(int thread)
    {
        // "NUMBER ARGUMENTS… STACKPOINTER PROGRAMCOUNTER", "-1 STACKPOINTER PROGRAMCOUNTER" or "running"
        var fields = Read(thread, "syscall").Split(' ');
        if (fields.Length < 3 || !TryParse(fields[^2], out var pointer) || !TryParse(fields[^1], out var counter))
        {
            yield break;
        }

        yield return counter;
        var words = new nint[PieceSize / nint.Size];
        for (var read = 0; read < MostBytes; read += PieceSize)
        {
            // A piece ends at the end of a page, so that the last page of the stack is read to its end.
            var size = (int)(PieceSize - (pointer % PieceSize));
            var piece = words.AsSpan(0, size / nint.Size);
            if (!UnsafeMemoryProbe.TryRead(pointer, MemoryMarshal.AsBytes(piece)))
            {
                yield break;
            }

            for (var i = 0; i < size / nint.Size; i++)
            {
                yield return words[i];
            }

            pointer += size;
        }
    }

    private static bool TryParse(string field, out nint value) =>
        nint.TryParse(field.StartsWith("0x", StringComparison.Ordinal) ? field.AsSpan(2) : default, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out value);

    private static string Read(int thread, string file)
    {
        try
        {
            return File.ReadAllText($"/proc/self/task/{thread}/{file}").TrimEnd('\n');
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }
}
