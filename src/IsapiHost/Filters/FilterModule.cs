using System.Runtime.InteropServices;
using IsapiHost.Abi;
using IsapiHost.Modules;

namespace IsapiHost.Filters;

/// <summary>
/// An ISAPI filter in memory: started once by GetFilterVersion, called by any number of threads, ended once by TerminateFilter.
/// There is one object per file in a process; a file that is an extension as well is in memory once, with one set of globals.
/// </summary>
public sealed unsafe class FilterModule
{
    private const uint BothPorts = SF_NOTIFY.SECURE_PORT | SF_NOTIFY.NONSECURE_PORT;

    private readonly NativeModule _native;
    private readonly delegate* unmanaged[Stdcall]<HTTP_FILTER_CONTEXT*, uint, void*, uint> _httpFilterProc;
    private readonly delegate* unmanaged[Stdcall]<uint, int> _terminateFilter;
    private int _unknownStatusSeen;
    private int _rawNoticeGiven;
    private int _users;

    private FilterModule(NativeModule native)
    {
        _native = native;
        nint getFilterVersion = native.FindExport(IsapiExports.GetFilterVersion);
        nint httpFilterProc = native.FindExport(IsapiExports.HttpFilterProc);
        if (getFilterVersion == 0 || httpFilterProc == 0)
        {
            throw ModulePreflight.NotAFilter(native.Image);
        }

        _httpFilterProc = (delegate* unmanaged[Stdcall]<HTTP_FILTER_CONTEXT*, uint, void*, uint>)httpFilterProc;
        _terminateFilter = (delegate* unmanaged[Stdcall]<uint, int>)native.FindExport(IsapiExports.TerminateFilter);
        var info = Start((delegate* unmanaged[Stdcall]<HTTP_FILTER_VERSION*, int>)getFilterVersion);
        Version = new Version((int)(info.dwFilterVersion >> 16), (int)(info.dwFilterVersion & 0xFFFF));
        Description = ModuleDescription.Decode(new ReadOnlySpan<byte>(info.lpszFilterDesc, SF.MAX_FILTER_DESC_LEN - 1));
        Flags = (info.dwFlags & BothPorts) == 0 ? info.dwFlags | BothPorts : info.dwFlags;
    }

    /// <summary>The module's full path, as it was given at the first load.</summary>
    public string Path => Image.Path;

    /// <summary>
    /// What the filter calls itself in GetFilterVersion: at most 256 bytes, read as UTF-8 or else as Latin-1, without control characters;
    /// often empty.
    /// </summary>
    public string Description { get; }

    /// <summary>The version from GetFilterVersion: of the interface by the documentation, in practice whatever its author wrote, 0.0 included.</summary>
    public Version Version { get; }

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

    /// <summary>What the module's file says about itself.</summary>
    public ModuleImage Image => _native.Image;

    /// <summary>
    /// Loads a filter, or shares the one that is loaded from this file already. Each call is paired with one of <see cref="Terminate"/>.
    /// Safe from any thread; loads of the same file wait for each other.
    /// </summary>
    /// <exception cref="ModuleLoadException">The file cannot serve as a filter in this process; the message says why and what to do.</exception>
    internal static FilterModule Load(string path)
    {
        ModuleImage image = ModulePreflight.Check(path);
        ModulePreflight.RequireFilter(image);
        NativeModule native = NativeModule.Acquire(image);
        try
        {
            lock (native.Gate)
            {
                if (native.HangsInTermination)
                {
                    throw new ModuleLoadException(ModuleLoadError.LoadFailed, image.Path,
                        $"'{image.Path}' cannot be started again: its termination function has not come back yet. Restart the host.");
                }

                native.Filter ??= new FilterModule(native);
                native.Filter._users++;
                return native.Filter;
            }
        }
        catch
        {
            native.Release(unload: true);
            throw;
        }
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

    /// <summary>Ends one use of the filter. The last one calls TerminateFilter, if the module exports it, on a thread of its own.</summary>
    /// <param name="limit">How long to wait for TerminateFilter.</param>
    /// <param name="unload">True if no connection of the filter is open, so that it may be taken out of memory.</param>
    /// <returns>False if TerminateFilter did not come back in time: the module then stays in memory, with the thread that hangs in it.</returns>
    internal bool Terminate(TimeSpan limit, bool unload)
    {
        bool cameBack = true;
        lock (_native.Gate)
        {
            ObjectDisposedException.ThrowIf(_users == 0, this);
            if (--_users == 0)
            {
                _native.Filter = null;

                // The header does not say what the argument is; MUST_UNLOAD is what the extension's twin gets.
                cameBack = _terminateFilter == null
                    || BoundedCall.Run("ISAPI TerminateFilter", limit, () => _ = _terminateFilter(HSE_TERM.MUST_UNLOAD));
                _native.HangsInTermination |= !cameBack;
            }
        }

        _native.Release(unload && cameBack);
        return cameBack;
    }

    private HTTP_FILTER_VERSION Start(delegate* unmanaged[Stdcall]<HTTP_FILTER_VERSION*, int> getFilterVersion)
    {
        HTTP_FILTER_VERSION info = default;
        info.dwServerFilterVersion = HTTP_FILTER.REVISION;
        Marshal.SetLastSystemError(0);
        bool isUsable = getFilterVersion(&info) != 0; // TRUE is -1 in Delphi and Free Pascal
        int lastError = Marshal.GetLastSystemError();
        return isUsable ? info : throw ModulePreflight.RefusedToStart(Image, IsapiExports.GetFilterVersion, lastError);
    }
}
