using System.CommandLine;
using IsapiHost.Cli.Output;
using IsapiHost.Modules;

namespace IsapiHost.Cli.Inspecting;

/// <summary><c>isapihost inspect DLL</c>: what a module is and whether this host can serve it.</summary>
internal static class InspectCommand
{
    public static Command Create()
    {
        Argument<string> module = new("DLL") { Description = "The file of an ISAPI extension or filter, for Windows or Linux." };
        Option<bool> json = new("--json") { Description = "Write JSON." };
        Option<bool> load = new("--load") { Description = "Load the module too, and tell what GetExtensionVersion and GetFilterVersion answer. This runs its code." };
        Command command = new("inspect",
            "Tells what a module is and needs, without running it, and whether this host can serve it. Exit code 2 if the file is no module, 3 if --load fails.")
        {
            module, json, load,
        };
        command.SetAction(parsed => Run(parsed.GetValue(module)!, parsed.GetValue(json), parsed.GetValue(load)));
        return command;
    }

    private static int Run(string path, bool json, bool load)
    {
        ModuleImage image;
        try
        {
            image = ModuleImage.Read(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException)
        {
            ErrorOutput.Write([$"{path}: {Reason(path, e)}"]);
            return ExitCode.WrongConfiguration;
        }

        LoadedAnswers? loaded = load ? LoadedAnswers.Ask(image) : null;
        ModuleReport report = ModuleReport.From(image, loaded);
        if (json)
        {
            Console.Out.WriteLine(report.ToJson());
        }
        else
        {
            ModuleReportText.Write(new Terminal(Console.Out), report);
        }

        return image.Format == ModuleFormat.Unknown || image.IsTruncated ? ExitCode.WrongConfiguration
            : loaded?.Failure is not null ? ExitCode.ModuleNotLoaded
            : ExitCode.Stopped;
    }

    private static string Reason(string path, Exception e) => e switch
    {
        FileNotFoundException or DirectoryNotFoundException => "there is no such file. Name the module's file.",
        UnauthorizedAccessException when Directory.Exists(path) => "this is a folder. Name the module's file.",
        _ => $"it cannot be read: {e.Message}",
    };
}
