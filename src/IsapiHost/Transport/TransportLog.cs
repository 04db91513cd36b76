using Microsoft.Extensions.Logging;

namespace IsapiHost.Transport;

/// <summary>What the transport reports. Event ids are stable; a retired one is never used again.</summary>
internal sealed partial class TransportLog(ILoggerFactory loggers)
{
    private readonly ILogger _logger = loggers.CreateLogger("IsapiHost.Transport");

    [LoggerMessage(300, LogLevel.Warning, "No connection can be accepted on {EndPoint} ({Reason}); it is tried again until it succeeds.")]
    public partial void AcceptFailed(string endPoint, string reason);

    [LoggerMessage(301, LogLevel.Information, "Connections are accepted on {EndPoint} again.")]
    public partial void AcceptsAgain(string endPoint);

    [LoggerMessage(302, LogLevel.Error, "A callback of a connection's ConnectionClosed token threw.")]
    public partial void ClosedCallbackFailed(Exception exception);

    [LoggerMessage(303, LogLevel.Information,
        "Connection {ConnectionId} was closed: its client took less than {BytesPerSecond} bytes a second (MinResponseDataRate).")]
    public partial void ClientTooSlow(string connectionId, double bytesPerSecond);

    [LoggerMessage(304, LogLevel.Error, "Sending on connection {ConnectionId} failed in the host.")]
    public partial void SendFailed(Exception exception, string connectionId);
}
