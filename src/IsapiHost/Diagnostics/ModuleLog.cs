using Microsoft.Extensions.Logging;

namespace IsapiHost.Diagnostics;

/// <summary>What the host reports about the start and the end of modules. Event ids are stable; a retired one is never used again.</summary>
internal sealed partial class ModuleLog(ILogger logger)
{
    private readonly ILogger _logger = logger;

    [LoggerMessage(40, LogLevel.Information, "{Module} has not come back from {Call} yet; the start waits for it.")]
    public partial void StartIsSlow(string module, string call);

    [LoggerMessage(6, LogLevel.Warning, "{Module} has not come back from {Call} in {Seconds} s; the host stops without it.")]
    public partial void Hangs(string module, string call, double seconds);
}
