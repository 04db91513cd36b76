using System.Globalization;
using IsapiHost.Tests.Interop.Abi;
using IsapiHost.Workers.Protocol;

namespace IsapiHost.Tests.Workers;

/// <summary>The numbers of WorkerProtocol.cs are those of protocol.h, whatever the compiler and the width.</summary>
public sealed class ProtocolLayoutTests
{
    [Theory]
    [InlineData("gcc")]
    [InlineData("x86_64-w64-mingw32-gcc")]
    [InlineData("i686-w64-mingw32-gcc")]
    public void Offsets_and_numbers_are_those_of_the_worker(string compiler)
    {
        (string Of, long Value)[] expected =
        [
            ("WORKER_MAGIC", WorkerProtocol.Magic),
            ("WORKER_VERSION", WorkerProtocol.Version),
            ("WORKER_MAX_LANES", WorkerProtocol.MaxLanes),
            ("LANE_SIZE", WorkerProtocol.LaneSize),
            ("LANE_INBOUND", WorkerProtocol.LaneInbound),
            ("LANE_OUTBOUND", WorkerProtocol.LaneOutbound),
            ("RECORD_WAITS", WorkerProtocol.RecordWaits),
            ("sizeof(struct record_header)", WorkerProtocol.RecordHeaderSize),
            ("sizeof(struct value_header)", WorkerProtocol.ValueHeaderSize),
            ("offsetof(struct segment_header, magic)", WorkerProtocol.MagicOffset),
            ("offsetof(struct segment_header, version)", WorkerProtocol.VersionOffset),
            ("offsetof(struct segment_header, size)", WorkerProtocol.SizeOffset),
            ("offsetof(struct segment_header, job_lanes)", WorkerProtocol.JobLanesOffset),
            ("offsetof(struct segment_header, foreign_lanes)", WorkerProtocol.ForeignLanesOffset),
            ("offsetof(struct segment_header, lane_size)", WorkerProtocol.LaneSizeOffset),
            ("offsetof(struct segment_header, header_size)", WorkerProtocol.HeaderSizeOffset),
            ("offsetof(struct segment_header, ready)", WorkerProtocol.ReadyOffset),
            ("offsetof(struct segment_header, pointer_size)", WorkerProtocol.PointerSizeOffset),
            ("offsetof(struct segment_header, system)", WorkerProtocol.SystemOffset),
            ("offsetof(struct segment_header, process_id)", WorkerProtocol.ProcessIdOffset),
            ("offsetof(struct segment_header, worker_waits)", WorkerProtocol.WorkerWaitsOffset),
            ("offsetof(struct segment_header, host_waits)", WorkerProtocol.HostWaitsOffset),
            ("offsetof(struct segment_header, jobs)", WorkerProtocol.JobsOffset),
            ("offsetof(struct segment_header, replies)", WorkerProtocol.RepliesOffset),
            ("offsetof(struct segment_header, posted)", WorkerProtocol.PostedOffset),
            ("offsetof(struct segment_header, crash)", WorkerProtocol.CrashOffset),
            ("offsetof(struct segment_header, crash.code)", WorkerProtocol.CrashCodeOffset),
            ("offsetof(struct segment_header, crash.lane)", WorkerProtocol.CrashLaneOffset),
            ("offsetof(struct segment_header, crash.address)", WorkerProtocol.CrashAddressOffset),
            ("offsetof(struct segment_header, crash.access)", WorkerProtocol.CrashAccessOffset),
            ("offsetof(struct segment_header, crash.offset)", WorkerProtocol.CrashModuleOffsetOffset),
            ("offsetof(struct segment_header, crash.module)", WorkerProtocol.CrashModuleOffset),
            ("offsetof(struct lane_header, kind)", WorkerProtocol.LaneKindOffset),
            ("offsetof(struct lane_header, inbound)", WorkerProtocol.LaneInboundLengthOffset),
            ("offsetof(struct lane_header, written)", WorkerProtocol.LaneWrittenOffset),
            ("JOB_LOAD", (long)MessageKind.Load),
            ("JOB_VERSION", (long)MessageKind.Version),
            ("JOB_EXTENSION", (long)MessageKind.Extension),
            ("JOB_COMPLETION", (long)MessageKind.Completion),
            ("JOB_TERMINATE", (long)MessageKind.Terminate),
            ("JOB_FETCH", (long)MessageKind.Fetch),
            ("JOB_STORE", (long)MessageKind.Store),
            ("JOB_PING", (long)MessageKind.Ping),
            ("ANSWER_RESULT", (long)MessageKind.Result),
            ("ANSWER_FETCH", (long)MessageKind.ResultFetch),
            ("ANSWER_STORE", (long)MessageKind.ResultStore),
            ("RECORD_VARIABLE", (long)RecordKind.Variable),
            ("RECORD_WRITE", (long)RecordKind.Write),
            ("RECORD_READ", (long)RecordKind.Read),
            ("RECORD_SUPPORT", (long)RecordKind.Support),
            ("RECORD_FLUSH", (long)RecordKind.Flush),
            ("RECORD_RETURN", (long)RecordKind.Return),
            ("RECORD_DATA", (long)RecordKind.Data),
            ("RECORD_LOST", (long)RecordKind.Lost),
            ("VALUE_NULL", (long)ValueTag.Null),
            ("VALUE_NUMBER", (long)ValueTag.Number),
            ("VALUE_BYTES", (long)ValueTag.Bytes),
            ("VALUE_MEMORY", (long)ValueTag.Memory),
            ("VALUE_STORE", (long)ValueTag.Store),
            ("WAIT_WAITING", (long)WaitState.Waiting),
            ("WAIT_SIGNALLED", (long)WaitState.Signalled),
            ("CRASH_WRITTEN", WorkerProtocol.CrashWritten),
        ];
        var folder = Directory.CreateTempSubdirectory("isapihost-layout-").FullName;
        var source = Path.Combine(folder, "layout.c");
        File.WriteAllText(source, "#include \"protocol.h\"\n" + string.Concat(expected.Select(
            pair => string.Create(CultureInfo.InvariantCulture, $"static_assert((long long)({pair.Of}) == {pair.Value}LL, \"{pair.Of}\");\n"))));
        NativeCompiler.Compile(
            compiler, "-std=c11", "-c", "-o", Path.Combine(folder, "layout.o"), "-I", Path.Combine(NativeCompiler.Repository, "src", "worker"), source);
    }
}
