using Microsoft.Extensions.Logging;

namespace IsapiHost.Cli.Forwarding;

/// <summary>What the forwarder reports. Event ids are stable; a retired one is never used again.</summary>
internal sealed partial class ForwardLog(ILoggerFactory loggers)
{
    private readonly ILogger _logger = loggers.CreateLogger("IsapiHost.Forwarding");

    [LoggerMessage(300, LogLevel.Warning, "{Method} {Url} got 502: {Site} gave no response that can be passed on ({Reason}).")]
    public partial void Failed(string method, string url, string site, string reason);

    [LoggerMessage(301, LogLevel.Warning, "{Method} {Url} got 504: {Site} did not respond for {Seconds} s (ForwardTimeout).")]
    public partial void TimedOut(string method, string url, string site, double seconds);

    [LoggerMessage(302, LogLevel.Warning, "{Method} {Url} was aborted: the response of {Site} broke off ({Reason}).")]
    public partial void BrokeOff(string method, string url, string site, string reason);
}
