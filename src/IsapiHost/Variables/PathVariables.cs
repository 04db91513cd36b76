using IsapiHost.Requests;

namespace IsapiHost.Variables;

/// <summary>The URL path as it was mapped, and what it is on disk. All need the mapping, which filters may ask for too early.</summary>
internal static class PathVariables
{
    public static Dictionary<string, VariableSource> All { get; } = new()
    {
        ["SCRIPT_NAME"] = AfterMapping(WriteScriptName),
        ["URL"] = WriteUrl,
        ["PATH_INFO"] = AfterMapping(static (view, ref writer) => writer.Append(view.PathInfo)),
        ["URL_PATH_INFO"] = AfterMapping(static (view, ref writer) => writer.Append(view.ExtraPath)),
        ["PATH_TRANSLATED"] = AfterMapping(static (view, ref writer) => writer.Append(view.PathTranslated)),
        ["SCRIPT_TRANSLATED"] = AfterMapping(static (view, ref writer) => WriteExtendedLength(view.ScriptTranslated, ref writer)),
        ["SCRIPT_FILENAME"] = AfterMapping(WriteScriptFile),
        ["REQUEST_FILENAME"] = AfterMapping(WriteScriptFile),
    };

    /// <summary>A Windows path in the form that has no length limit and is not interpreted: <c>\\?\C:\x</c>, <c>\\?\UNC\host\share</c>.</summary>
    internal static void WriteExtendedLength(ReadOnlySpan<char> path, ref VariableWriter writer)
    {
        if (path.StartsWith(@"\\?\"))
        {
            writer.Append(path);
        }
        else if (path.StartsWith(@"\\"))
        {
            writer.AppendAscii(@"\\?\UNC\"u8);
            writer.Append(path[2..]);
        }
        else
        {
            if (path.Length > 1 && path[1] == ':')
            {
                writer.AppendAscii(@"\\?\"u8);
            }

            writer.Append(path);
        }
    }

    private static VariableSource AfterMapping(VariableSource source) => (view, ref writer) =>
    {
        if (view.IsMapped)
        {
            source(view, ref writer);
        }
        else
        {
            writer.SetNoData();
        }
    };

    // Filters may ask as soon as the URL is final, before a handler is chosen for it.
    private static void WriteUrl(RequestView view, ref VariableWriter writer)
    {
        if (view.IsMapped)
        {
            writer.Append(view.ScriptName);
        }
        else if (view.Path.Length > 0)
        {
            writer.Append(view.Path);
        }
        else
        {
            writer.SetNoData();
        }
    }

    private static void WriteScriptName(RequestView view, ref VariableWriter writer) => writer.Append(view.ScriptName);

    private static void WriteScriptFile(RequestView view, ref VariableWriter writer) => writer.Append(view.ScriptTranslated);
}
