namespace IsapiHost.Modules;

/// <summary>A module could not be loaded. The message names the file, the cause and the remedy in words for the person who set it up.</summary>
public sealed class ModuleLoadException : Exception
{
    /// <summary>Creates an exception.</summary>
    /// <param name="error">The kind of failure.</param>
    /// <param name="path">The module's full path.</param>
    /// <param name="message">The cause and its remedy.</param>
    /// <param name="innerException">The failure beneath, if there was one.</param>
    public ModuleLoadException(ModuleLoadError error, string path, string message, Exception? innerException = null)
        : base(message, innerException)
    {
        Error = error;
        Path = path;
    }

    /// <summary>The kind of failure.</summary>
    public ModuleLoadError Error { get; }

    /// <summary>The module's full path.</summary>
    public string Path { get; }
}
