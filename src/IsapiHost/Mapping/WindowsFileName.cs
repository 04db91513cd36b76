using System.Buffers;

namespace IsapiHost.Mapping;

/// <summary>Which URL segments are safe as names of Windows files.</summary>
internal static class WindowsFileName
{
    // '\' and ':' would reach other folders, drives and streams; the rest cannot be in a file name at all.
    private static readonly SearchValues<char> Refused = SearchValues.Create("\\:*?\"<>|");

    /// <summary>True when the segment cannot mean anything but a file or folder of exactly this name.</summary>
    public static bool IsPlain(ReadOnlySpan<char> segment)
    {
        if (segment.IsEmpty)
        {
            return true;
        }

        // Win32 drops dots and blanks at the end of a name, so that "... " could become "..".
        return segment[^1] is not ('.' or ' ')
            && !segment.ContainsAny(Refused)
            && !segment.ContainsAnyInRange('\0', '\x1F')
            && !IsDevice(segment);
    }

    // "nul", "COM1.txt" and "con .x" open devices in every folder.
    private static bool IsDevice(ReadOnlySpan<char> segment)
    {
        var dot = segment.IndexOf('.');
        var name = (dot < 0 ? segment : segment[..dot]).TrimEnd(' ');

        return name.Length switch
        {
            3 => Is(name, "CON") || Is(name, "PRN") || Is(name, "AUX") || Is(name, "NUL"),
            4 => (Is(name[..3], "COM") || Is(name[..3], "LPT")) && name[3] is (>= '0' and <= '9') or '\u00B9' or '\u00B2' or '\u00B3',
            6 => Is(name, "CONIN$"),
            7 => Is(name, "CONOUT$"),
            _ => false,
        };
    }

    private static bool Is(ReadOnlySpan<char> name, string device) => name.Equals(device, StringComparison.OrdinalIgnoreCase);
}
