namespace IsapiHost;

/// <summary>How a handler pattern matches, and with it what an extension finds in SCRIPT_NAME and PATH_INFO.</summary>
public enum HandlerMappingKind
{
    /// <summary><c>/ext.dll</c>: this path and everything below it. SCRIPT_NAME is the path, PATH_INFO the rest.</summary>
    Direct,

    /// <summary><c>/prefix/*</c>: everything at and below a prefix. SCRIPT_NAME is the prefix, PATH_INFO the rest.</summary>
    Prefix,

    /// <summary>
    /// <c>*.abc</c>: every URL with a segment that ends in the file extension. SCRIPT_NAME ends with that segment; PATH_INFO is the whole
    /// path, unless <see cref="IsapiOptions.AllowPathInfoForScriptMappings"/> is set.
    /// </summary>
    Script,

    /// <summary><c>*</c>: every URL. SCRIPT_NAME and PATH_INFO are both the whole path.</summary>
    Wildcard,
}
