using System.Text.Json;
using IsapiHost.Tracing;

namespace IsapiHost.Cli.Tracing;

/// <summary>Reading what --trace has written, and saying what is wrong with a file that is something else.</summary>
internal static class TraceFile
{
    // Far more than 10,000 calls need.
    private const long MaxBytes = 256 << 20;

    private const string Remedy = "Name a file that isapihost --trace has written.";

    /// <exception cref="TraceFileException">It is no trace, or cannot be read.</exception>
    public static RequestTrace Read(string file)
    {
        string text = ReadText(file);
        try
        {
            JsonDocument.Parse(text).Dispose();
        }
        catch (JsonException e)
        {
            throw new TraceFileException($"{file}: this is no JSON, from line {e.LineNumber + 1} on. {Remedy}", e);
        }

        try
        {
            return TraceJson.Read(text);
        }
        catch (JsonException e)
        {
            throw new TraceFileException($"{file}: this is JSON, but no trace. {Remedy}", e);
        }
    }

    private static string ReadText(string file)
    {
        try
        {
            return Directory.Exists(file) ? throw new TraceFileException($"{file}: this is a folder. Name a file in it.")
                : new FileInfo(file).Length > MaxBytes ? throw new TraceFileException($"{file}: this is too large to be a trace. {Remedy}")
                : File.ReadAllText(file);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new TraceFileException($"{file}: there is no such file. {Remedy}", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new TraceFileException(
                $"{file}: it cannot be read ({e.Message.TrimEnd('.')}). Make it readable, or name another file.", e);
        }
    }
}
