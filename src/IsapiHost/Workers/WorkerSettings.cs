namespace IsapiHost.Workers;

/// <summary>The bounds of a channel.</summary>
internal sealed record WorkerSettings
{
    /// <summary>How many jobs run in a worker at the same time.</summary>
    public int JobLanes { get; init; } = 256;

    /// <summary>How many threads that modules have begun may call the server at the same time; others wait.</summary>
    public int ForeignLanes { get; init; } = 8;

    /// <summary>How long a worker may take to start.</summary>
    public TimeSpan StartBound { get; init; } = TimeSpan.FromSeconds(60);
}
