namespace IsapiHost.Mapping;

/// <summary>One URL pattern and the extension that answers it.</summary>
public sealed class HandlerMapping
{
    private HandlerMapping(string pattern, string modulePath)
    {
        Pattern = pattern;
        ModulePath = modulePath;
    }

    /// <summary>The pattern as written: <c>*.abc</c>, <c>/prefix/*</c>, <c>*</c> or <c>/ext.dll</c>.</summary>
    public string Pattern { get; }

    /// <summary>The file of the extension.</summary>
    public string ModulePath { get; }

    /// <summary>Reads a pattern.</summary>
    /// <exception cref="FormatException">The pattern is none of the known forms.</exception>
    public static HandlerMapping Parse(string pattern, string modulePath) => new(pattern, modulePath);
}
