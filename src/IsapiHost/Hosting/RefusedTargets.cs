using System.Diagnostics;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace IsapiHost.Hosting;

/// <summary>
/// Tells of request lines that Kestrel refuses before anybody sees them. Old clients in countries with code pages send bytes above 0x7F as they
/// are; IIS takes these, and without a word in the log nobody would know why such a client gets 400.
/// </summary>
internal sealed partial class RefusedTargets(ILoggerFactory loggers, DiagnosticListener? diagnostics = null)
    : IHostedService, IObserver<KeyValuePair<string, object?>>
{
    private const string BadRequest = "Microsoft.AspNetCore.Server.Kestrel.BadRequest";
    private const string InvalidTarget = "Invalid request target";

    // A scanner must not fill the log.
    private static readonly TimeSpan _interval = TimeSpan.FromMinutes(1);

    private readonly ILogger _logger = loggers.CreateLogger("IsapiHost");
    private IDisposable? _subscription;
    private long _logged;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _subscription = diagnostics?.Subscribe(this, static name => name == BadRequest);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        _subscription?.Dispose();
        return Task.CompletedTask;
    }

    public void OnNext(KeyValuePair<string, object?> value)
    {
        if (value.Value is not IFeatureCollection features
            || features.Get<IBadRequestExceptionFeature>()?.Error is not { } error
            || !error.Message.StartsWith(InvalidTarget, StringComparison.Ordinal))
        {
            return;
        }

        var before = Volatile.Read(ref _logged);
        if ((before == 0 || Stopwatch.GetElapsedTime(before) > _interval)
            && Interlocked.CompareExchange(ref _logged, Stopwatch.GetTimestamp(), before) == before)
        {
            Refused(features.Get<IHttpConnectionFeature>()?.RemoteIpAddress?.ToString());
        }
    }

    public void OnError(Exception error)
    {
    }

    public void OnCompleted()
    {
    }

    [LoggerMessage(305, LogLevel.Warning,
        "A request of {Client} was refused with 400: its URL has bytes that are not allowed there. Bytes above 0x7F must be escaped (%D6%D0). "
        + "Others are not logged for a minute.")]
    private partial void Refused(string? client);
}
