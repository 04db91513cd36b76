using IsapiHost.Cli.Output;

namespace IsapiHost.Cli.Inspecting;

/// <summary>Several modules, a line for each: the file, what it is, and whether this host can serve it.</summary>
internal static class ModuleTable
{
    private static readonly string _sentence = Verdict.Refusal(reason: "");

    public static void Write(Terminal terminal, IReadOnlyList<ModuleReport> reports)
    {
        (ModuleReport Report, string File, string What)[] rows = [.. reports.Select(report => (report, NameOf(report), WhatIs(report)))];
        var fileWidth = rows.Select(row => row.File.Length).DefaultIfEmpty().Max();
        var whatWidth = rows.Select(row => row.What.Length).DefaultIfEmpty().Max();
        foreach (var (report, file, what) in rows)
        {
            terminal.Write($"{file.PadRight(fileWidth)}  ", "bold");
            terminal.Write($"{what.PadRight(whatWidth)}  ");
            terminal.WriteLine(report.CanBeServedHere ? "can be served here" : Reason(report), report.CanBeServedHere ? "green" : "yellow");
        }
    }

    // As a shell shows it: below the current folder without the way there.
    private static string NameOf(ModuleReport report)
    {
        var relative = Path.GetRelativePath(Directory.GetCurrentDirectory(), report.Path);
        return relative.StartsWith("..", StringComparison.Ordinal) ? report.Path : relative;
    }

    private static string WhatIs(ModuleReport report) => report.Kind is null ? "no module" : (report.IsExtension, report.IsFilter) switch
    {
        (true, true) => $"extension and filter, {report.Bits}-bit",
        (true, false) => $"extension, {report.Bits}-bit",
        (false, true) => $"filter, {report.Bits}-bit",
        _ => $"{report.Bits}-bit library",
    };

    private static string Reason(ModuleReport report) => report.Verdict.StartsWith(_sentence, StringComparison.Ordinal)
        ? report.Verdict[_sentence.Length..]
        : report.Verdict;
}
