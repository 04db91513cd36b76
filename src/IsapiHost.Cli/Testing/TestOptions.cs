using System.CommandLine;
using IsapiHost.Testing.Expectations;

namespace IsapiHost.Cli.Testing;

/// <summary>The arguments and options of <c>isapihost test</c>. Users' scripts depend on their names.</summary>
internal sealed class TestOptions
{
    private readonly Argument<string[]> _inputs = new("MODULE FILES")
    {
        Description = "The extension, then .http files or folders with such files. "
            + "The module may be left out with --dll, --map PATTERN=PATH or --target.",
        Arity = ArgumentArity.OneOrMore,
    };

    private readonly Option<string[]> _dll = new("--dll")
    {
        HelpName = "PATH",
        Description = "A further extension, at /FILENAME. Repeatable.",
    };

    private readonly Option<string[]> _map = new("--map")
    {
        HelpName = "PATTERN[=PATH]",
        Description = "The URLs of MODULE, or of the extension PATH: /scripts/ext.dll, /prefix/*, *.abc or *. "
            + "Repeatable. [default: /FILENAME]",
    };

    private readonly Option<string[]> _filter = new("--filter")
    {
        HelpName = "PATH",
        Description = "An ISAPI filter in front of the extensions. Repeatable.",
    };

    private readonly Option<string?> _name = new("--name")
    {
        HelpName = "TEXT",
        Description = "Send only the requests whose names contain this; * stands for anything.",
    };

    private readonly Option<bool> _update = new("--update")
    {
        Description = "Write responses that differ, or are new, to the .expected files.",
    };

    private readonly Option<string?> _junit = new("--junit")
    {
        HelpName = "FILE",
        Description = "Write the results as JUnit XML, one test case per request.",
    };

    private readonly Option<bool> _verbose = new("--verbose", "-v") { Description = "Write each request and its response in full." };

    private readonly Option<string?> _timeout = new("--timeout")
    {
        HelpName = "SECONDS",
        Description = "How long to wait for a response. [default: 100]",
    };

    private readonly Option<string?> _retry = new("--retry")
    {
        HelpName = "COUNT",
        Description = "Send a request up to COUNT times more, a second apart, while its response differs or none comes.",
    };

    private readonly Option<string?> _target = new("--target")
    {
        HelpName = "URL",
        Description = "Send the requests to this server, such as the old IIS, and load no module.",
    };

    private readonly Option<string[]> _origin = new("--origin")
    {
        HelpName = "URL",
        Description = "A server that the files name in absolute URLs: requests to it go to the tested server as well. Repeatable.",
    };

    private readonly Option<string?> _env = new("--env")
    {
        HelpName = "NAME",
        Description = "The environment of http-client.env.json whose variables the files use.",
    };

    private readonly Option<string[]> _set = new("--set")
    {
        HelpName = "NAME=VALUE",
        Description = "A variable for the .http files. Repeatable.",
    };

    private readonly Option<string[]> _ignore = new("--ignore-header")
    {
        HelpName = "NAME",
        Description = "A header that is not compared. Repeatable.",
    };

    private readonly TrustOptions _trust = new();

    public void AddTo(Command command)
    {
        command.Add(_inputs);
        foreach (var option in (Option[])
            [_dll, _map, _filter, _name, _update, _junit, _verbose, _timeout, _retry,
             _target, _trust.CaCert, _trust.Insecure, _origin, _env, _set, _ignore])
        {
            command.Add(option);
        }
    }

    public TestArguments Read(ParseResult parsed) => new()
    {
        Inputs = parsed.GetValue(_inputs) ?? [],
        Dlls = parsed.GetValue(_dll) ?? [],
        Maps = parsed.GetValue(_map) ?? [],
        Filters = parsed.GetValue(_filter) ?? [],
        Name = parsed.GetValue(_name),
        Update = parsed.GetValue(_update),
        JUnit = parsed.GetValue(_junit),
        Verbose = parsed.GetValue(_verbose),
        Timeout = parsed.GetValue(_timeout),
        Retry = parsed.GetValue(_retry),
        Target = parsed.GetValue(_target),
        CaCert = parsed.GetValue(_trust.CaCert),
        Insecure = parsed.GetValue(_trust.Insecure),
        Origins = parsed.GetValue(_origin) ?? [],
        Environment = parsed.GetValue(_env),
        Variables = parsed.GetValue(_set) ?? [],
        IgnoredHeaders = parsed.GetValue(_ignore) ?? [],
    };
}
