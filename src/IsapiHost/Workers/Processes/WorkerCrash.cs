using System.Globalization;
using System.Text;
using IsapiHost.Workers.Protocol;

namespace IsapiHost.Workers.Processes;

/// <summary>What a crashing worker has left in the segment.</summary>
/// <param name="Code">The signal, or the exception's code.</param>
/// <param name="Lane">The lane whose thread it was; <see cref="WorkerProtocol.MaxLanes"/> for a thread of the module's own.</param>
/// <param name="Module">The path of the module, as the worker's system writes it; empty when the instruction lies in none.</param>
/// <param name="Offset">Of the instruction in the module.</param>
/// <param name="Access">The address that was read or written, where the fault was one of memory.</param>
/// <param name="IsWindows">Whether the code is an exception's.</param>
internal sealed record WorkerCrash(uint Code, int Lane, string Module, ulong Offset, ulong Access, bool IsWindows)
{
    /// <summary>The code's name.</summary>
    public string Name => (IsWindows, Code) switch
    {
        (true, 0xC0000005) => "access violation",
        (true, 0xC00000FD) => "stack overflow",
        (true, 0xC0000094) => "integer division by zero",
        (true, 0xC000001D) => "illegal instruction",
        (true, 0xC0000409) => "stack buffer overrun",
        (true, 0xC0000374) => "heap corruption",
        (true, 0x80000003) => "breakpoint",
        (true, 0xE06D7363) => "uncaught C++ exception",
        (true, 0x0EEDFADE) => "uncaught Delphi exception",
        (true, _) => string.Create(CultureInfo.InvariantCulture, $"exception 0x{Code:X8}"),
        (false, 4) => "SIGILL",
        (false, 5) => "SIGTRAP",
        (false, 6) => "SIGABRT",
        (false, 7) => "SIGBUS",
        (false, 8) => "SIGFPE",
        (false, 11) => "SIGSEGV",
        (false, 31) => "SIGSYS",
        (false, _) => string.Create(CultureInfo.InvariantCulture, $"signal {Code}"),
    };

    /// <summary>Where it was, as debuggers write it: MODULE+0xOFFSET.</summary>
    public string Place
    {
        get
        {
            var name = Module[(Module.LastIndexOfAny(['/', '\\']) + 1)..];
            return name.Length == 0 ? "outside every module" : string.Create(CultureInfo.InvariantCulture, $"{name}+0x{Offset:X}");
        }
    }

    public override string ToString() => $"{Name} at {Place}";

    /// <summary>The record, or null when none was written to its end.</summary>
    public static WorkerCrash? Read(WorkerSegment segment, bool isWindows)
    {
        if (Volatile.Read(ref segment.Field(WorkerProtocol.CrashOffset)) != WorkerProtocol.CrashWritten)
        {
            return null;
        }

        // A copy: a process that runs wild may still be writing.
        var name = segment.Header(WorkerProtocol.CrashModuleOffset, WorkerProtocol.CrashModuleSize).ToArray();
        var end = Array.IndexOf(name, (byte)0);
        var module = Encoding.UTF8.GetString(name, 0, end < 0 ? name.Length : end);
        return new WorkerCrash(
            segment.Field(WorkerProtocol.CrashCodeOffset),
            (int)Math.Min(segment.Field(WorkerProtocol.CrashLaneOffset), WorkerProtocol.MaxLanes),
            string.Concat(module.Where(c => !char.IsControl(c))),
            BitConverter.ToUInt64(segment.Header(WorkerProtocol.CrashModuleOffsetOffset, sizeof(ulong))),
            BitConverter.ToUInt64(segment.Header(WorkerProtocol.CrashAccessOffset, sizeof(ulong))),
            isWindows);
    }
}
