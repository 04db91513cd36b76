using IsapiHost.Workers.Processes;
using IsapiHost.Workers.Protocol;

namespace IsapiHost.Workers;

/// <summary>A worker that runs, and the lanes to it (docs/worker-protocol.md).</summary>
/// <remarks>Thread-safe. One thread, the pump, reads what the worker has posted, and goes on with it.</remarks>
internal sealed class WorkerChannel : IDisposable
{
    private static readonly TimeSpan _endBound = TimeSpan.FromSeconds(10);

    private readonly WorkerProcess _process;
    private readonly WorkerLane[] _lanes;
    private readonly Stack<WorkerLane> _idle;
    private readonly Queue<WorkerJob> _queue = [];
    private readonly Lock _assignment = new();
    private readonly Thread _pump;
    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private string? _fault;
    private volatile WorkerEnd? _end;

    private WorkerChannel(WorkerSegment segment, WorkerProcess process, WorkerProgram program, IWorkerCalls calls)
    {
        Segment = segment;
        _process = process;
        Program = program;
        Calls = calls;
        _lanes = new WorkerLane[segment.Lanes];
        for (var i = 0; i < _lanes.Length; i++)
        {
            _lanes[i] = new WorkerLane(this, i) { IsAllocated = i >= segment.JobLanes };
        }

        // The first ones on top: few of them in use means little memory in use.
        _idle = new Stack<WorkerLane>(_lanes.Take(segment.JobLanes).Reverse());
        _pump = new Thread(Pump) { IsBackground = true, Name = "isapihost pump" };
    }

    public WorkerSegment Segment { get; }

    public WorkerProgram Program { get; }

    public IWorkerCalls Calls { get; }

    public int ProcessId => _process.Id;

    /// <summary>Of the worker's processes: 4 or 8.</summary>
    public int PointerSize { get; private set; }

    /// <summary>Whether the worker is a Windows program.</summary>
    public bool IsWindows { get; private set; }

    /// <summary>How the worker has ended; null while it runs.</summary>
    public WorkerEnd? End => _end;

    /// <summary>Starts a worker and waits until it has said that it is ready.</summary>
    /// <exception cref="WorkerStartException">It did not start, or not within the bound.</exception>
    /// <exception cref="IOException">There is no memory for the segment.</exception>
    public static async Task<WorkerChannel> StartAsync(
        WorkerProgram program, IWorkerCalls calls, WorkerSettings settings, CancellationToken cancellationToken = default)
    {
        var segment = new WorkerSegment(settings.JobLanes, settings.ForeignLanes);
        WorkerProcess process;
        try
        {
            process = WorkerProcess.Start(program, segment.Path);
        }
        catch
        {
            segment.Dispose();
            throw;
        }

        var channel = new WorkerChannel(segment, process, program, calls);
        channel._pump.Start();
        try
        {
            await channel._ready.Task.WaitAsync(settings.StartBound, cancellationToken);
            return channel;
        }
        catch (TimeoutException e)
        {
            channel.Dispose();
            throw new WorkerStartException($"The worker {program.File} did not answer within {settings.StartBound.TotalSeconds:0} s.", e);
        }
        catch
        {
            channel.Dispose();
            throw;
        }
        finally
        {
            segment.Forget();
        }
    }

    /// <summary>Gives a job to the worker, now or when a lane is free. One whose worker has ended is lost.</summary>
    public void Post(WorkerJob job)
    {
        WorkerLane? lane = null;
        lock (_assignment)
        {
            if (_end is null && !_idle.TryPop(out lane))
            {
                _queue.Enqueue(job);
                return;
            }
        }

        if (lane is null)
        {
            job.Lost(_end!);
            return;
        }

        Assign(lane, job);
    }

    /// <summary>Reads what lanes have published without asking for it: records that were left for later wait in them.</summary>
    public void ReadPublished()
    {
        foreach (var lane in _lanes)
        {
            if (lane.Job is not null)
            {
                lane.ReadPublished();
            }
        }
    }

    /// <summary>Ends a worker that cannot be trusted any more.</summary>
    public void Fail(string fault) => Kill($"it was ended, since it did not keep to the protocol: {fault}");

    /// <summary>Ends the worker at once.</summary>
    public void Kill(string reason)
    {
        Interlocked.CompareExchange(ref _fault, reason, null);
        _process.Kill();
    }

    /// <summary>Lets the worker end, by force when it does not, and waits for it.</summary>
    public void Dispose()
    {
        _process.Close();
        if (Thread.CurrentThread != _pump && !_pump.Join(_endBound))
        {
            _process.Kill();
            _pump.Join(_endBound);
        }

        _process.Dispose();
        Segment.Dispose();
    }

    internal void Signal(int bitmap, int lane)
    {
        if (_end is not null)
        {
            return;
        }

        Interlocked.Or(ref Segment.Field(bitmap + (lane / 32 * sizeof(uint))), 1u << (lane % 32));
        ref var waits = ref Segment.Field(WorkerProtocol.WorkerWaitsOffset);
        if (Interlocked.CompareExchange(ref waits, (uint)WaitState.Signalled, (uint)WaitState.Waiting) == (uint)WaitState.Waiting)
        {
            _process.Wake();
        }
    }

    /// <summary>Takes the job away from a lane; null when somebody else has.</summary>
    internal WorkerJob? Take(WorkerLane lane)
    {
        lock (_assignment)
        {
            var job = lane.Job;
            lane.Job = null;
            return job;
        }
    }

    /// <summary>The lane is free for the next job.</summary>
    internal void Release(WorkerLane lane)
    {
        if (lane.Index >= Segment.JobLanes)
        {
            return;
        }

        WorkerJob? next = null;
        lock (_assignment)
        {
            if (_end is null && !_queue.TryDequeue(out next))
            {
                _idle.Push(lane);
                return;
            }
        }

        if (next is not null)
        {
            Assign(lane, next);
        }
    }

    private void Assign(WorkerLane lane, WorkerJob job)
    {
        try
        {
            if (!lane.IsAllocated)
            {
                Segment.AllocateLane(lane.Index);
                lane.IsAllocated = true;
            }

            if (lane.TryPost(job))
            {
                if (_end is { } end)
                {
                    lane.Lose(end);
                }

                return;
            }

            job.Lost(new WorkerEnd(null, null, "what the request has to say is longer than a lane"));
        }
        catch (IOException e)
        {
            job.Lost(new WorkerEnd(null, null, e.Message));
        }

        Release(lane);
    }

    private void Pump()
    {
        while (WaitForWork())
        {
            VisitPosted();
        }

        Finish();
    }

    // False at the worker's end.
    private bool WaitForWork()
    {
        ref var waits = ref Segment.Field(WorkerProtocol.HostWaitsOffset);
        Interlocked.Exchange(ref waits, (uint)WaitState.Waiting);

        // A byte that comes although nobody waits any more is one wake-up too many, and does no harm.
        var goesOn = HasPosted() || _process.WaitForWakeup();
        Interlocked.Exchange(ref waits, (uint)WaitState.Running);
        if (!_ready.Task.IsCompleted && Volatile.Read(ref Segment.Field(WorkerProtocol.ReadyOffset)) != 0)
        {
            PointerSize = Segment.Field(WorkerProtocol.PointerSizeOffset) == sizeof(uint) ? sizeof(uint) : sizeof(ulong);
            IsWindows = Segment.Field(WorkerProtocol.SystemOffset) == 2;
            _ready.TrySetResult();
        }

        return goesOn;
    }

    private bool HasPosted()
    {
        for (var word = 0; word < WorkerProtocol.BitmapWords; word++)
        {
            if (Volatile.Read(ref Segment.Field(WorkerProtocol.PostedOffset + (word * sizeof(uint)))) != 0)
            {
                return true;
            }
        }

        return false;
    }

    private void VisitPosted()
    {
        for (var word = 0; word < WorkerProtocol.BitmapWords; word++)
        {
            ref var posted = ref Segment.Field(WorkerProtocol.PostedOffset + (word * sizeof(uint)));
            if (Volatile.Read(ref posted) == 0)
            {
                continue;
            }

            for (var bits = Interlocked.Exchange(ref posted, 0); bits != 0; bits &= bits - 1)
            {
                var lane = (word * 32) + System.Numerics.BitOperations.TrailingZeroCount(bits);
                if (lane >= _lanes.Length)
                {
                    Fail($"lane {lane} does not exist");
                    return;
                }

                _lanes[lane].Visit();
            }
        }
    }

    private void Finish()
    {
        var code = _process.WaitForExit();
        var end = new WorkerEnd(WorkerCrash.Read(Segment, IsWindows), code, _fault);
        WorkerJob[] waiting;
        lock (_assignment)
        {
            _end = end;
            waiting = [.. _queue];
            _queue.Clear();
        }

        _ready.TrySetException(new WorkerStartException($"The worker {Program.File} did not start: {end}."));
        foreach (var lane in _lanes)
        {
            lane.Lose(end);
        }

        foreach (var job in waiting)
        {
            job.Lost(end);
        }

        Calls.Ended(end);
    }
}
