using System.CommandLine;
using IsapiHost.Cli.Output;
using IsapiHost.Modules;
using IsapiHost.Testing;
using IsapiHost.Testing.HttpFiles;
using IsapiHost.Testing.Sending;

namespace IsapiHost.Cli.Testing;

/// <summary><c>isapihost test DLL FILES…</c>: sends the requests of <c>.http</c> files and compares the responses.</summary>
internal static class TestCommand
{
    public static Command Create()
    {
        Argument<string[]> inputs = new("DLL FILES")
        {
            Description = "The extension, then .http files or folders with such files. With --target the DLL may be left out.",
            Arity = ArgumentArity.OneOrMore,
        };
        Option<string?> junit = new("--junit") { HelpName = "FILE", Description = "Write the results as JUnit XML, one test case per request." };
        Option<bool> update = new("--update") { Description = "Write responses that differ, or are new, to the .expected files." };
        Option<string?> filter = new("--filter") { HelpName = "TEXT", Description = "Send only requests whose names contain this; * stands for anything." };
        Option<string?> target = new("--target") { HelpName = "URL", Description = "Send the requests to this server, such as the old IIS, and load no DLL." };
        Option<string[]> map = new("--map") { HelpName = "PATTERN", Description = "Where the DLL is served: /scripts/ext.dll, /prefix/*, *.abc or *. Repeatable. [default: /FILENAME]" };
        Option<string[]> ignore = new("--ignore-header") { HelpName = "NAME", Description = "A header that is not compared. Repeatable." };
        Option<string[]> set = new("--set") { HelpName = "NAME=VALUE", Description = "A variable for the .http files. Repeatable." };
        Command command = new("test",
            "Sends the requests of .http files to a module and compares the responses with the expected ones. "
            + "Exit code 0 if all are equal, 1 if some differ, 2 for bad input, 3 if the module cannot be loaded.")
        {
            inputs, filter, junit, update, target, map, ignore, set,
        };
        command.SetAction((parsed, cancellation) => RunAsync(
            () => TestSettings.Create(
                parsed.GetValue(inputs)!, parsed.GetValue(target), parsed.GetValue(map) ?? [], parsed.GetValue(set) ?? [], parsed.GetValue(ignore) ?? [],
                parsed.GetValue(junit), parsed.GetValue(update), parsed.GetValue(filter)),
            cancellation));
        return command;
    }

    private static async Task<int> RunAsync(Func<TestSettings> settings, CancellationToken cancellation)
    {
        try
        {
            return await RunAsync(settings(), cancellation);
        }
        catch (ModuleLoadException e)
        {
            ErrorOutput.Write([e.Message]);
            return ExitCode.ModuleNotLoaded;
        }
        catch (BadTestInputException e)
        {
            ErrorOutput.Write(e.Faults);
            return ExitCode.WrongConfiguration;
        }
    }

    private static async Task<int> RunAsync(TestSettings settings, CancellationToken cancellation)
    {
        List<HttpFile> files = BadTestInputException.Collect(settings.Files, HttpFile.Read);
        files = settings.Filter?.Select(files) ?? files;
        await using IsapiTestHost? host = settings.Target is null
            ? await IsapiTestHost.StartAsync(options => settings.AddTo(options), cancellation)
            : null;
        using HttpClient? toTarget = settings.Target is { } target ? new HttpClient(PlainHttpHandler.Create(ServerTrust.System)) { BaseAddress = target } : null;

        TestOutput output = new(new Terminal(Console.Out));
        HttpFileRunner runner = settings.CreateRunner(host?.Client ?? toTarget!, host, output);
        BadTestInputException.Collect(files, file =>
        {
            runner.Validate(file);
            return file;
        });

        return await new TestRun(runner, output).RunAsync(files, settings.JUnitPath, cancellation);
    }
}
