namespace IsapiHost;

/// <summary>Where a URL path was cut by the mapping that answers it. Holds lengths only, so that matching allocates nothing.</summary>
/// <param name="Mapping">The mapping that matched.</param>
/// <param name="ScriptLength">Characters of the decoded path that name the script or the extension: SCRIPT_NAME.</param>
internal readonly record struct HandlerMatch(HandlerMapping Mapping, int ScriptLength)
{
    public HandlerMappingKind Kind => Mapping.Kind;

    /// <summary>SCRIPT_NAME in the case the client used.</summary>
    public ReadOnlySpan<char> ScriptName(string path) => path.AsSpan(0, ScriptLength);

    /// <summary>The path behind the script, empty or beginning with '/'.</summary>
    public ReadOnlySpan<char> ExtraPath(string path) => path.AsSpan(ScriptLength);

    /// <summary>PATH_INFO: with script maps the whole path, as IIS has it, unless they are asked to follow CGI; with a wildcard always.</summary>
    public ReadOnlySpan<char> PathInfo(string path, bool cgiStyleScripts) => Kind switch
    {
        HandlerMappingKind.Wildcard => path,
        HandlerMappingKind.Script when !cgiStyleScripts => path,
        _ => ExtraPath(path),
    };
}
