namespace IsapiHost.Workers.Protocol;

/// <summary>Where what lies in the segment that host and worker share: the twin of src/worker/protocol.h (docs/worker-protocol.md).</summary>
internal static class WorkerProtocol
{
    public const uint Magic = 0x4B575349; // "ISWK"
    public const uint Version = 1;

    public const int HeaderSize = 4096;
    public const int MaxLanes = 512;
    public const int BitmapWords = MaxLanes / 32;

    public const int LaneSize = 262_144;
    public const int LaneInbound = 64;
    public const int LaneOutbound = 98_304;
    public const int InboundSize = LaneOutbound - LaneInbound;
    public const int OutboundSize = LaneSize - LaneOutbound;

    public const int RecordHeaderSize = 32;
    public const int ValueHeaderSize = 8;

    /// <summary>The flag of a record whose thread waits for an answer.</summary>
    public const ushort RecordWaits = 1;

    // struct segment_header
    public const int MagicOffset = 0;
    public const int VersionOffset = 4;
    public const int SizeOffset = 8;
    public const int JobLanesOffset = 16;
    public const int ForeignLanesOffset = 20;
    public const int LaneSizeOffset = 24;
    public const int HeaderSizeOffset = 28;
    public const int ReadyOffset = 32;
    public const int PointerSizeOffset = 36;
    public const int SystemOffset = 40;
    public const int ProcessIdOffset = 44;
    public const int WorkerWaitsOffset = 64;
    public const int HostWaitsOffset = 128;
    public const int JobsOffset = 192;
    public const int RepliesOffset = 256;
    public const int PostedOffset = 320;
    public const int CrashOffset = 384;

    // struct crash_record
    public const int CrashCodeOffset = CrashOffset + 4;
    public const int CrashLaneOffset = CrashOffset + 8;
    public const int CrashAddressOffset = CrashOffset + 16;
    public const int CrashAccessOffset = CrashOffset + 24;
    public const int CrashModuleOffsetOffset = CrashOffset + 32;
    public const int CrashModuleOffset = CrashOffset + 40;
    public const int CrashModuleSize = 256;
    public const uint CrashWritten = 2;

    // struct lane_header
    public const int LaneKindOffset = 0;
    public const int LaneInboundLengthOffset = 4;
    public const int LaneWrittenOffset = 8;

    /// <summary>The next multiple of 8, at which a value or record begins.</summary>
    public static int Align(int length) => (length + 7) & ~7;
}
