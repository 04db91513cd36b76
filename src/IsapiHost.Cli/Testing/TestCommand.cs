using System.CommandLine;
using IsapiHost.Cli.Output;
using IsapiHost.Modules;
using IsapiHost.Testing;
using IsapiHost.Testing.HttpFiles;

namespace IsapiHost.Cli.Testing;

/// <summary><c>isapihost test MODULE FILES…</c>: sends the requests of <c>.http</c> files and compares the responses.</summary>
internal static class TestCommand
{
    public static Command Create()
    {
        TestOptions options = new();
        Command command = new("test",
            "Sends the requests of .http files to a module and compares the responses with the expected ones. "
            + "Exit code 0 if all are equal, 1 if some differ, 2 for bad input, 3 if a module cannot be loaded.");
        options.AddTo(command);
        command.SetAction((parsed, cancellation) => RunAsync(options.Read(parsed), cancellation));
        return command;
    }

    private static async Task<int> RunAsync(TestArguments arguments, CancellationToken cancellation)
    {
        try
        {
            var settings = TestSettings.Create(arguments);
            var files = BadTestInputException.Collect(settings.Files, HttpFile.Read);
            return await RunAsync(settings, settings.Filter?.Select(files) ?? files, cancellation);
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

    private static async Task<int> RunAsync(TestSettings settings, IReadOnlyList<HttpFile> files, CancellationToken cancellation)
    {
        await using var host = settings.Target is null ? await IsapiTestHost.StartAsync(settings.AddTo, cancellation) : null;
        using var toTarget = settings.Target is null ? null : settings.CreateClient();
        TestOutput output = new(new Terminal(Console.Out), settings.Arguments.Verbose);
        var runner = settings.CreateRunner(host?.Client ?? toTarget!, host, output);
        BadTestInputException.Collect(files, file =>
        {
            runner.Validate(file);
            return file;
        });

        var result = await TestRun.RunAsync(runner, files, output, cancellation);
        return result.Report(output, settings.Arguments.JUnit);
    }
}
