namespace IsapiHost.Variables;

/// <summary>The host, its site and its one application.</summary>
internal static class SiteVariables
{
    public static Dictionary<string, VariableSource> All { get; } = new()
    {
        ["APPL_MD_PATH"] = static (view, ref writer) => writer.Append(view.Site.ApplicationMetaPath),
        ["APPL_PHYSICAL_PATH"] = static (view, ref writer) => writer.Append(view.Site.ApplicationPhysicalPath),
        ["APP_POOL_ID"] = static (view, ref writer) => writer.Append(view.Site.ApplicationPool),
        ["DOCUMENT_ROOT"] = static (view, ref writer) => writer.Append(view.Site.DocumentRoot),
        ["GATEWAY_INTERFACE"] = static (view, ref writer) => writer.AppendAscii("CGI/1.1"u8),
        ["INSTANCE_ID"] = static (view, ref writer) => writer.Append(view.Site.InstanceId),
        ["INSTANCE_META_PATH"] = static (view, ref writer) => writer.Append(view.Site.InstanceMetaPath),
        ["INSTANCE_NAME"] = static (view, ref writer) => writer.Append(view.Site.InstanceName),
        ["REQUEST_FLAGS"] = static (view, ref writer) => writer.AppendAscii("0"u8),
        ["SERVER_SOFTWARE"] = static (view, ref writer) => writer.Append(view.Site.ServerSoftware),
        ["SSI_EXEC_DISABLED"] = static (view, ref writer) => writer.AppendAscii("0"u8),
    };
}
