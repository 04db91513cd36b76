using Microsoft.Extensions.Logging;

namespace IsapiHost.Testing.Logging;

/// <summary>
/// What a server under test has logged: the latest 10,000 entries. Safe from any thread.
/// </summary>
public sealed class ServerLog : ILoggerProvider
{
    private const int MostEntries = 10_000;

    private readonly Queue<ServerLogEntry> _entries = new();
    private readonly LogLevel _leastLevel;

    internal ServerLog(LogLevel leastLevel)
    {
        _leastLevel = leastLevel;
    }

    /// <summary>The entries of this moment, oldest first.</summary>
    public IReadOnlyList<ServerLogEntry> Entries
    {
        get
        {
            lock (_entries)
            {
                return [.. _entries];
            }
        }
    }

    /// <summary>The entries as lines.</summary>
    public override string ToString() => string.Join(Environment.NewLine, Entries);

    /// <inheritdoc/>
    ILogger ILoggerProvider.CreateLogger(string categoryName) => new Category(this, categoryName);

    /// <summary>Does nothing: the entries are read after the host has stopped, too.</summary>
    void IDisposable.Dispose()
    {
    }

    private void Add(ServerLogEntry entry)
    {
        lock (_entries)
        {
            if (_entries.Count == MostEntries)
            {
                _entries.Dequeue();
            }

            _entries.Enqueue(entry);
        }
    }

    private sealed class Category(ServerLog log, string name) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= log._leastLevel && logLevel != LogLevel.None;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel))
            {
                log.Add(new ServerLogEntry(DateTime.UtcNow, logLevel, name, eventId, formatter(state, exception), exception));
            }
        }
    }
}
