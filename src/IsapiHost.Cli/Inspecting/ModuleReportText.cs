using System.Globalization;
using IsapiHost.Cli.Output;

namespace IsapiHost.Cli.Inspecting;

/// <summary>The report for people.</summary>
internal static class ModuleReportText
{
    private const int MostExports = 50;
    private const int LabelWidth = 14;

    public static void Write(Terminal terminal, ModuleReport report)
    {
        terminal.WriteLine(report.Path, "bold");
        Line(terminal, "file", $"{report.Kind ?? "no module"}, {report.Size.ToString("N0", CultureInfo.InvariantCulture)} bytes");
        if (report.Fault is not null)
        {
            Line(terminal, "fault", $"it {report.Fault}", "yellow");
        }

        if (report.Kind is not null)
        {
            Line(terminal, "is", Roles(report));
            WriteVersion(terminal, report);
            WriteExports(terminal, report);
            WriteImports(terminal, report);
            WriteThreadToken(terminal, report);
            WriteLoaded(terminal, report);
        }

        terminal.WriteLine();
        terminal.WriteLine(report.Verdict, report.CanBeServedHere ? "green" : "yellow");
    }

    private static string Roles(ModuleReport report)
    {
        string role = (report.IsExtension, report.IsFilter) switch
        {
            (true, true) => "an ISAPI extension and filter",
            (true, false) => "an ISAPI extension",
            (false, true) => "an ISAPI filter",
            _ => "neither an ISAPI extension nor a filter",
        };
        string cet = report.IsCetCompatible switch { true => ", CET-compatible", false => ", not CET-compatible", null => "" };
        return role + (report.IsDotNetAssembly ? ", a .NET assembly" : "") + cet;
    }

    private static void WriteVersion(Terminal terminal, ModuleReport report)
    {
        if (report.FileVersion is { } version)
        {
            Line(terminal, "version", $"file {version.FileVersion}, product {version.ProductVersion}");
            foreach ((string name, string text) in version.Strings)
            {
                Line(terminal, "", $"{Clean(name)}: {text}");
            }
        }
    }

    private static void WriteExports(Terminal terminal, ModuleReport report)
    {
        // ISAPI's own first; a C++ library beside them may export thousands.
        ExportReport[] ordered = [.. report.Exports.OrderBy(e => e.Function is null)];
        for (int i = 0; i < Math.Min(ordered.Length, MostExports); i++)
        {
            ExportReport export = ordered[i];
            string note = !export.IsDecorated ? "" : export.Function is { } function ? $"  ({function}, decorated)" : "  (decorated)";
            Line(terminal, i == 0 ? "exports" : "", Clean(export.Name) + note, export.Function is null ? "default" : "bold");
        }

        if (ordered.Length > MostExports)
        {
            Line(terminal, "", $"… and {ordered.Length - MostExports} more (--json lists all)");
        }
    }

    private static void WriteImports(Terminal terminal, ModuleReport report)
    {
        string label = "needs";
        foreach (LibraryReport library in report.Imports)
        {
            (string state, string style) = library.State switch
            {
                LibraryState.Found => (library.Path!, "default"),
                LibraryState.PartOfSystem => ("part of the system", "default"),
                LibraryState.OtherName => ($"NOT UNDER THIS NAME: {library.Path}", "red"),
                LibraryState.DoesNotFit => ($"DOES NOT FIT: {library.Path}", "red"),
                _ => ("MISSING", "red"),
            };
            string needed = (library.IsDelayed ? ", loaded at first use" : "")
                + (library.NeededBy is null ? "" : $", needed by {Clean(library.NeededBy)}");
            Line(terminal, label, $"{Clean(library.Name),-24} {Clean(state)}{needed}", style);
            label = "";
        }
    }

    private static void WriteThreadToken(Terminal terminal, ModuleReport report)
    {
        if (report.ThreadTokenFunctions.Count > 0)
        {
            var functions = string.Join(", ", report.ThreadTokenFunctions);
            Line(terminal, "account", $"it calls {functions}: requests run as the host's own account, not as the user's.");
            Line(terminal, "", "OpenThreadToken finds a token of that account (Threads:Token); what is left changed on a thread is undone.");
        }
    }

    private static void WriteLoaded(Terminal terminal, ModuleReport report)
    {
        if (report.Loaded?.Extension is { } extension)
        {
            Line(terminal, "loaded", $"GetExtensionVersion: {extension.Version.ToString(2)}, \"{extension.Description}\"");
        }

        if (report.Loaded?.Filter is { } filter)
        {
            Line(terminal, "loaded", $"GetFilterVersion: {filter.Version.ToString(2)}, \"{filter.Description}\"");
            Line(terminal, "", string.Join(' ', filter.Flags));
        }
    }

    private static void Line(Terminal terminal, string label, string text, string style = "default")
    {
        terminal.Write($"  {label.PadRight(LabelWidth)}", "grey");
        terminal.WriteLine(text, style);
    }

    // Names come from a file that nobody vouches for.
    private static string Clean(string text) => string.Concat(text.Select(c => char.IsControl(c) ? '?' : c));
}
