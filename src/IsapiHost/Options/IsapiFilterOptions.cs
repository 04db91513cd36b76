namespace IsapiHost;

/// <summary>How filters are ordered and limited; section <c>Isapi:Filtering</c>.</summary>
public sealed class IsapiFilterOptions : IOptionGroup
{
    /// <summary>
    /// Whether filters that ask for no priority come before all others, as on IIS 4, instead of counting as low ones. Off by default.
    /// </summary>
    public bool WithoutPriorityFirst { get; set; }

    /// <summary>
    /// Bytes from AllocMem for one filter on one connection, from which on the connection is closed after its response, which frees them;
    /// from 16 times as much on AllocMem gives NULL. 16 MiB by default: filters that allocate for each request would fill the memory on a
    /// connection that stays.
    /// </summary>
    [Bounds(0, int.MaxValue)]
    public int MemoryLimit { get; set; } = 16 * 1024 * 1024;

    /// <summary>
    /// Bytes that READ_RAW_DATA filters may collect with SF_STATUS_REQ_READ_NEXT before the connection is closed; 4 MiB by default.
    /// </summary>
    [Bounds(0, int.MaxValue)]
    public int ReadLimit { get; set; } = 4 * 1024 * 1024;
}
