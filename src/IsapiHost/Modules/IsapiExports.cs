using IsapiHost.Modules.Loading;

namespace IsapiHost.Modules;

/// <summary>The functions that ISAPI modules export (HttpExt.h, HttpFilt.h).</summary>
internal static class IsapiExports
{
    public static readonly NativeExport GetExtensionVersion = new("GetExtensionVersion", 4);
    public static readonly NativeExport HttpExtensionProc = new("HttpExtensionProc", 4);
    public static readonly NativeExport TerminateExtension = new("TerminateExtension", 4);
    public static readonly NativeExport GetFilterVersion = new("GetFilterVersion", 4);
    public static readonly NativeExport HttpFilterProc = new("HttpFilterProc", 12);
    public static readonly NativeExport TerminateFilter = new("TerminateFilter", 4);

    /// <summary>What every extension must export.</summary>
    public static readonly NativeExport[] OfExtension = [GetExtensionVersion, HttpExtensionProc];

    /// <summary>What every filter must export.</summary>
    public static readonly NativeExport[] OfFilter = [GetFilterVersion, HttpFilterProc];
}
