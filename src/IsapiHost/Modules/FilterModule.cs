using System.Runtime.InteropServices;
using IsapiHost.Interop.Abi;
using IsapiHost.Modules.Loading;

namespace IsapiHost.Modules;

/// <summary>An ISAPI filter in memory: GetFilterVersion, HttpFilterProc and TerminateFilter (HttpFilt.h).</summary>
public sealed unsafe class FilterModule : IsapiModule
{
    private const uint BothPorts = SF_NOTIFY.SECURE_PORT | SF_NOTIFY.NONSECURE_PORT;

    private readonly delegate* unmanaged[Stdcall]<HTTP_FILTER_CONTEXT*, uint, void*, uint> _httpFilterProc;
    private int _unknownStatusSeen;
    private int _rawNoticeGiven;

    private FilterModule(NativeModule native)
        : base(native, IsapiExports.TerminateFilter)
    {
        _httpFilterProc = (delegate* unmanaged[Stdcall]<HTTP_FILTER_CONTEXT*, uint, void*, uint>)native.FindExport(IsapiExports.HttpFilterProc);
        if (_httpFilterProc == null || native.FindExport(IsapiExports.GetFilterVersion) == 0)
        {
            throw ModulePreflight.NotAFilter(native.Image);
        }

        HTTP_FILTER_VERSION info = new() { dwServerFilterVersion = HTTP_FILTER.REVISION };
        Start(IsapiExports.GetFilterVersion, &info);
        Version = ToVersion(info.dwFilterVersion);
        Description = ModuleDescription.Decode(new ReadOnlySpan<byte>(info.lpszFilterDesc, SF.MAX_FILTER_DESC_LEN - 1));
        Flags = (info.dwFlags & BothPorts) == 0 ? info.dwFlags | BothPorts : info.dwFlags;
    }

    /// <summary>
    /// HTTP_FILTER_VERSION.dwFlags (HttpFilt.h, SF_NOTIFY_*): the notifications, the ports and the priority that the filter asked for.
    /// Both ports are set for a filter that named none.
    /// </summary>
    public uint Flags { get; }

    /// <summary>The filter's priority; the highest of those it named, low if it named none.</summary>
    public FilterPriority Priority =>
        (Flags & SF_NOTIFY.ORDER_HIGH) != 0 ? FilterPriority.High
        : (Flags & SF_NOTIFY.ORDER_MEDIUM) != 0 ? FilterPriority.Medium
        : FilterPriority.Low;

    /// <summary>
    /// Loads a filter, or shares the one that is loaded from this file already. Each call is paired with one of
    /// <see cref="IsapiModule.Terminate"/>. Safe from any thread; loads of the same file wait for each other.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <param name="slow">Told of a call into the module that takes more than 2 seconds; the load waits for it however long it takes.</param>
    /// <exception cref="ModuleLoadException">The file cannot serve as a filter in this process; the message says why and what to do.</exception>
    internal static FilterModule Load(string path, Action<string>? slow = null)
    {
        var image = ModulePreflight.Check(path);
        ModulePreflight.RequireFilter(image);
        return Load(image, native => new FilterModule(native), slow);
    }

    /// <summary>Calls HttpFilterProc on the calling thread.</summary>
    /// <param name="context">The filter's context for the connection.</param>
    /// <param name="notification">An SF_NOTIFY_* value.</param>
    /// <param name="data">The structure that belongs to the notification.</param>
    /// <param name="lastError">The thread's last error after the call.</param>
    /// <returns>An SF_STATUS_* value; the module may return any other.</returns>
    internal uint Invoke(HTTP_FILTER_CONTEXT* context, uint notification, void* data, out uint lastError)
    {
        Marshal.SetLastSystemError(0);
        var status = _httpFilterProc(context, notification, data);
        lastError = (uint)Marshal.GetLastSystemError();
        return status;
    }

    /// <summary>True the first time: what is said of an unknown return value is said once for each filter.</summary>
    internal bool IsFirstUnknownStatus() => Interlocked.Exchange(ref _unknownStatusSeen, 1) == 0;

    /// <summary>True the first time: that raw data does not exist on HTTP/2 is said once for each filter.</summary>
    internal bool IsFirstRawNotice() => Interlocked.Exchange(ref _rawNoticeGiven, 1) == 0;
}
