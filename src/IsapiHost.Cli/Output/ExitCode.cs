namespace IsapiHost.Cli.Output;

/// <summary>What the command tells the shell; scripts and service managers depend on these numbers.</summary>
internal static class ExitCode
{
    /// <summary>Did what was asked for: served until it was asked to stop (Ctrl+C, SIGTERM), or answered <c>--help</c>.</summary>
    public const int Stopped = 0;

    /// <summary>Options and modules are fine, yet the server could not start: an address is in use or not allowed.</summary>
    public const int ServerFailed = 1;

    /// <summary><c>test</c>: some answers are not as expected.</summary>
    public const int Different = 1;

    /// <summary>
    /// Wrong options or configuration, or files that <c>inspect</c> and <c>test</c> cannot use; every fault was named on standard error.
    /// </summary>
    public const int WrongConfiguration = 2;

    /// <summary>A module could not be loaded; every such module was named on standard error.</summary>
    public const int ModuleNotLoaded = 3;
}
