using System.CommandLine;
using IsapiHost.Cli.Configuration;
using IsapiHost.Cli.Output;
using IsapiHost.Modules;

namespace IsapiHost.Cli.Inspecting;

/// <summary><c>isapihost inspect FILE…</c>: what modules are and whether this host can serve them.</summary>
internal static class InspectCommand
{
    public static Command Create()
    {
        Argument<string[]> modules = new("FILE")
        {
            Description = "Extensions or filters, for Windows or Linux; a folder means all modules in it.",
            Arity = ArgumentArity.OneOrMore,
        };
        Option<bool> json = new("--json") { Description = "Write JSON: an object for one file, an array for several." };
        Option<bool> load = new("--load")
        {
            Description = "Load the modules too, and tell what GetExtensionVersion and GetFilterVersion answer. This runs their code.",
        };
        Command command = new("inspect",
            "Tells what a module is and needs, without running it, and whether this host can serve it; "
            + "of several files in a line for each. "
            + "Exit code 0 if this host can serve all of them, 2 if a file is no module or cannot be read, 3 if one cannot be served here.")
        {
            modules, json, load,
        };
        command.SetAction(parsed => Run(parsed.GetValue(modules)!, parsed.GetValue(json), parsed.GetValue(load)));
        return command;
    }

    private static int Run(string[] paths, bool json, bool load)
    {
        List<ModuleReport> reports = [];
        var isUnreadable = false;
        foreach (var path in paths)
        {
            var files = ModuleFiles.Named(path);
            if (files.Count == 0)
            {
                Refuse(path, Directory.Exists(path) ? "there is no .dll or .so in this folder, or it cannot be read." : "no file matches.");
            }

            foreach (var file in files)
            {
                Inspect(file);
            }
        }

        var isSingle = paths is [var only] && !ModuleFiles.IsSeveral(only);
        Write(reports, isSingle, json);
        return isUnreadable || reports.Any(report => report.Kind is null || report.IsTruncated) ? ExitCode.WrongConfiguration
            : reports.All(report => report.CanBeServedHere) ? ExitCode.Stopped
            : ExitCode.ModuleNotLoaded;

        void Inspect(string file)
        {
            try
            {
                var image = ModuleImage.Read(file);
                reports.Add(ModuleReport.From(image, load ? LoadedAnswers.Ask(image) : null));
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException)
            {
                Refuse(file, Reason(e));
            }
        }

        void Refuse(string path, string reason)
        {
            ErrorOutput.Write([$"{path}: {reason}"]);
            isUnreadable = true;
        }
    }

    private static void Write(IReadOnlyList<ModuleReport> reports, bool isSingle, bool json)
    {
        switch (json)
        {
            case true when !isSingle:
                Console.Out.WriteLine(ModuleReport.ToJson(reports));
                break;
            case true when reports is [var report]:
                Console.Out.WriteLine(report.ToJson());
                break;
            case false when isSingle && reports is [var report]:
                ModuleReportText.Write(new Terminal(Console.Out), report);
                break;
            case false:
                ModuleTable.Write(new Terminal(Console.Out), reports);
                break;
        }
    }

    private static string Reason(Exception e) => e is FileNotFoundException or DirectoryNotFoundException
        ? "there is no such file. Name the module's file."
        : $"it cannot be read: {e.Message}";
}
