using Microsoft.Extensions.Logging;

namespace IsapiHost.Testing.Logging;

/// <summary>One entry of the server's log.</summary>
/// <param name="Time">When it was written, UTC.</param>
/// <param name="Level">How serious it is.</param>
/// <param name="Category">Who wrote it, such as <c>IsapiHost.Requests</c>.</param>
/// <param name="EventId">Which event it is; the numbers of the host's own events are stable.</param>
/// <param name="Message">The text with its values filled in.</param>
/// <param name="Exception">The exception that was logged with it, if any.</param>
public sealed record ServerLogEntry(DateTime Time, LogLevel Level, string Category, EventId EventId, string Message, Exception? Exception)
{
    /// <summary>The entry as a line, fit for a test's output.</summary>
    public override string ToString() => $"{Time:HH:mm:ss.fff} {Level} {Category}[{EventId.Id}] {Message}{(Exception is null ? "" : $" {Exception}")}";
}
