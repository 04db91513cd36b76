using System.CommandLine;
using IsapiHost.Cli.Configuration;
using IsapiHost.Hosting.Settings;

namespace IsapiHost.Cli.CommandLine;

/// <summary>The options of the command. Users' scripts depend on their names.</summary>
internal sealed class HostOptions
{
    public Argument<string[]> Modules { get; } = new("MODULE")
    {
        Description = "The file of an ISAPI extension, as with --dll.",
        Arity = ArgumentArity.ZeroOrMore,
    };

    public Option<string[]> Dll { get; } = new("--dll")
    {
        HelpName = "PATH",
        Description = "An ISAPI extension; it answers /FILENAME and everything below. A folder means all in it. Repeatable.",
    };

    public Option<string[]> Map { get; } = new("--map")
    {
        HelpName = "PATTERN=PATH",
        Description =
            "An extension for a URL pattern: *.abc (a script map), /prefix/* or * (everything). The first match answers. Repeatable.",
    };

    public Option<string[]> Filter { get; } = new("--filter")
    {
        HelpName = "PATH",
        Description = "An ISAPI filter, which sees every request and response. Repeatable; filters of equal priority act in this order.",
    };

    public Option<string?> Forward { get; } = new("--forward")
    {
        HelpName = "URL",
        Description = "A site behind this host, such as http://127.0.0.1:8081: it gets the requests that no extension takes.",
    };

    public Option<string?> Root { get; } = new("--root")
    {
        HelpName = "DIR",
        Description = "The folder that / maps to (PATH_TRANSLATED and URL mapping). [default: the current folder]",
    };

    public Option<string[]> Urls { get; } = new("--urls")
    {
        HelpName = "URL",
        Description = $"Where to listen. Repeatable, or several with ; between. [default: {ListenAddress.Default}]",
    };

    public Option<string?> Port { get; } = new("--port")
    {
        HelpName = "NUMBER",
        Description = "The port to listen on, as --urls http://localhost:NUMBER.",
    };

    public Option<string?> Host { get; } = new("--host")
    {
        HelpName = "NAME",
        Description = "The address to listen on, as --urls http://NAME:8080; * for all of this machine.",
    };

    public Option<bool?> LogRequests { get; } = new("--log-requests")
    {
        Description = "Write a line for each finished request.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    public Option<string?> Trace { get; } = new("--trace")
    {
        HelpName = "DIR",
        Description = "Write a JSON file per request with every native call; see isapihost trace show.",
    };

    public Option<string?> TraceWhen { get; } = new("--trace-when")
    {
        HelpName = "CONDITION",
        Description = "Only for such requests: status>=500 || ms>1000 || violation. Also bytes, method and path; ~ is contains.",
    };

    /// <summary>
    /// The setting of section <c>Isapi</c> that says the same as an option, where it takes the option's values as they are.
    /// </summary>
    public IReadOnlyList<(Option Option, string Setting)> Settings =>
    [
        (Map, HandlerSettings.Maps),
        (Filter, nameof(IsapiOptions.Filters)),
        (Forward, SettingNames.Forward),
        (Root, nameof(IsapiOptions.Root)),
        (LogRequests, SettingNames.LogRequests),
        (Trace, "Tracing:Folder"),
        (TraceWhen, "Tracing:When"),
    ];

    /// <summary>All of them, in the order of the help.</summary>
    public IEnumerable<Option> All => [Dll, Map, Filter, Forward, Root, Urls, Port, Host, LogRequests, Trace, TraceWhen];
}
