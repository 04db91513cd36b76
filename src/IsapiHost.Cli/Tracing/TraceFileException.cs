namespace IsapiHost.Cli.Tracing;

/// <summary>A trace that cannot be read, or a page that cannot be written: the message names the file and what to do.</summary>
internal sealed class TraceFileException(string message, Exception? inner = null) : Exception(message, inner);
