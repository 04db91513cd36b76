namespace IsapiHost.Testing.Files;

/// <summary>A file of requests or of expected responses is not as it must be. The message names the file, the line and the remedy.</summary>
public sealed class HttpFileException : Exception
{
    /// <summary>Creates an exception.</summary>
    /// <param name="path">The file.</param>
    /// <param name="line">The line, from 1; 0 where the whole file is meant.</param>
    /// <param name="fault">What is wrong, as a sentence without its full stop.</param>
    /// <param name="remedy">What to do, as sentences.</param>
    /// <param name="innerException">The failure beneath, if there was one.</param>
    public HttpFileException(string path, int line, string fault, string remedy, Exception? innerException = null)
        : base($"{path}{(line > 0 ? $":{line}" : "")}: {fault}. {remedy}", innerException)
    {
        Path = path;
        Line = line;
        Remedy = remedy;
    }

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>The line, from 1; 0 where the whole file is meant.</summary>
    public int Line { get; }

    /// <summary>What to do.</summary>
    public string Remedy { get; }
}
