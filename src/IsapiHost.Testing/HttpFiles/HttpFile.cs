using IsapiHost.Testing.Files;

namespace IsapiHost.Testing.HttpFiles;

/// <summary>
/// An <c>.http</c> file: what REST Client for Visual Studio Code, Visual Studio and the JetBrains editors have in common. Immutable.
/// </summary>
public sealed class HttpFile
{
    /// <summary>Creates a file in memory, for <see cref="HttpFileWriter"/>.</summary>
    /// <param name="path">Where it is, or is to be; bodies and expected responses are found beside it.</param>
    /// <param name="variables">The variables it defines.</param>
    /// <param name="requests">Its requests.</param>
    public HttpFile(string path, IReadOnlyList<HttpFileVariable> variables, IReadOnlyList<HttpFileRequest> requests)
    {
        Path = path;
        Variables = variables;
        Requests = requests;
    }

    /// <summary>The path as it was given.</summary>
    public string Path { get; }

    /// <summary>The variables that the file defines, in its order; a later one of the same name wins.</summary>
    public IReadOnlyList<HttpFileVariable> Variables { get; }

    /// <summary>The requests in the order of the file.</summary>
    public IReadOnlyList<HttpFileRequest> Requests { get; }

    /// <summary>Where the expected responses are: <c>name.expected</c> beside <c>name.http</c>.</summary>
    public string ExpectedPath => System.IO.Path.ChangeExtension(Path, ".expected");

    /// <summary>Reads a file (UTF-8).</summary>
    /// <param name="path">The file, absolute or relative to the current folder.</param>
    /// <exception cref="HttpFileException">It cannot be read or understood; the message names the line and the remedy.</exception>
    public static HttpFile Read(string path)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        return Parse(FileText.Read(path, "Name an .http file that exists."), path);
    }

    /// <summary>Reads a file's text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="path">The path for messages and for the files that the text refers to.</param>
    /// <exception cref="HttpFileException">It cannot be understood; the message names the line and the remedy.</exception>
    public static HttpFile Parse(string text, string path)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(path);
        return new HttpFileParser(path).Parse(text);
    }
}
