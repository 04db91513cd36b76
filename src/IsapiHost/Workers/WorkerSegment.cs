using System.IO.MemoryMappedFiles;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using IsapiHost.Workers.Protocol;

namespace IsapiHost.Workers;

/// <summary>The memory that a host and one worker share: a file that only this user may open, without a name once both have it.</summary>
/// <remarks>Every access is checked against the bounds. Nothing of what the worker writes is used before it has been copied.</remarks>
internal sealed unsafe partial class WorkerSegment : IDisposable
{
    private const string SharedMemoryFolder = "/dev/shm";

    private readonly FileStream _file;
    private readonly MemoryMappedFile _map;
    private readonly MemoryMappedViewAccessor _view;
    private readonly byte* _start;
    private readonly long _size;
    private bool _named = true;

    public WorkerSegment(int jobLanes, int foreignLanes)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(jobLanes, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(foreignLanes, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(jobLanes + foreignLanes, WorkerProtocol.MaxLanes);
        JobLanes = jobLanes;
        ForeignLanes = foreignLanes;
        _size = WorkerProtocol.HeaderSize + ((long)Lanes * WorkerProtocol.LaneSize);

        var folder = Directory.Exists(SharedMemoryFolder) ? SharedMemoryFolder : System.IO.Path.GetTempPath();
        Path = System.IO.Path.Combine(folder, "isapihost-" + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16)));
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.ReadWrite,
            Share = FileShare.ReadWrite | FileShare.Delete,
            BufferSize = 0,
        };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        _file = new FileStream(Path, options);
        try
        {
            _file.SetLength(_size);
            Allocate(0, WorkerProtocol.HeaderSize);
            Allocate(LaneOffset(jobLanes), (long)foreignLanes * WorkerProtocol.LaneSize);
            _map = MemoryMappedFile.CreateFromFile(_file, null, _size, MemoryMappedFileAccess.ReadWrite, HandleInheritability.None, leaveOpen: true);
            _view = _map.CreateViewAccessor(0, _size);
            _view.SafeMemoryMappedViewHandle.AcquirePointer(ref _start);
        }
        catch
        {
            Forget();
            _map?.Dispose();
            _file.Dispose();
            throw;
        }

        WriteHeader();
    }

    public string Path { get; }

    public int JobLanes { get; }

    public int ForeignLanes { get; }

    public int Lanes => JobLanes + ForeignLanes;

    /// <summary>Takes the file's name away: nobody else can open it from now on.</summary>
    public void Forget()
    {
        if (_named)
        {
            _named = false;
            File.Delete(Path);
        }
    }

    /// <summary>A 32-bit field of the header.</summary>
    public ref uint Field(int offset)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)offset, (uint)(WorkerProtocol.HeaderSize - sizeof(uint)));
        return ref *(uint*)(_start + offset);
    }

    /// <summary>Bytes of the header. The worker may change them at any time.</summary>
    public ReadOnlySpan<byte> Header(int offset, int length) => new Span<byte>(_start, WorkerProtocol.HeaderSize).Slice(offset, length);

    /// <summary>A whole lane. The worker may change it at any time.</summary>
    public Span<byte> Lane(int lane)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)lane, (uint)Lanes);
        return new Span<byte>(_start + LaneOffset(lane), WorkerProtocol.LaneSize);
    }

    /// <summary>A 32-bit field of a lane's header.</summary>
    public ref uint LaneField(int lane, int offset) => ref MemoryMarshal.AsRef<uint>(Lane(lane).Slice(offset, sizeof(uint)));

    /// <summary>
    /// Gives a lane its memory before it is used. Without that, a full file system would end the process at the first touch (SIGBUS).
    /// </summary>
    /// <exception cref="IOException">There is no memory.</exception>
    public void AllocateLane(int lane) => Allocate(LaneOffset(lane), WorkerProtocol.LaneSize);

    /// <summary>
    /// Closes the file. The memory stays mapped until nothing refers to it any more: a call that began while the worker ran may end later.
    /// </summary>
#pragma warning disable CA1816 // The finalizer has still to give the mapping back.
    public void Dispose()
    {
        Forget();
        _map.Dispose();
        _file.Dispose();
    }
#pragma warning restore CA1816

    ~WorkerSegment()
    {
        if (_start != null)
        {
            _view.SafeMemoryMappedViewHandle.ReleasePointer();
        }
    }

    private static long LaneOffset(int lane) => WorkerProtocol.HeaderSize + ((long)lane * WorkerProtocol.LaneSize);

    private void WriteHeader()
    {
        Field(WorkerProtocol.MagicOffset) = WorkerProtocol.Magic;
        Field(WorkerProtocol.VersionOffset) = WorkerProtocol.Version;
        *(ulong*)(_start + WorkerProtocol.SizeOffset) = (ulong)_size;
        Field(WorkerProtocol.JobLanesOffset) = (uint)JobLanes;
        Field(WorkerProtocol.ForeignLanesOffset) = (uint)ForeignLanes;
        Field(WorkerProtocol.LaneSizeOffset) = WorkerProtocol.LaneSize;
        Field(WorkerProtocol.HeaderSizeOffset) = WorkerProtocol.HeaderSize;
    }

    private void Allocate(long offset, long length)
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        var error = PosixFallocate((int)_file.SafeFileHandle.DangerousGetHandle(), offset, length);
        if (error != 0)
        {
            throw new IOException(
                $"There is no memory for a worker in {System.IO.Path.GetDirectoryName(Path)}: {Marshal.GetPInvokeErrorMessage(error)}. "
                + "In a container, give it more shared memory (--shm-size).");
        }
    }

    [LibraryImport("libc", EntryPoint = "posix_fallocate")]
    private static partial int PosixFallocate(int file, long offset, long length);
}
