using System.Globalization;
using IsapiHost.Cli.Output;
using IsapiHost.Tracing;

namespace IsapiHost.Cli.Tracing;

/// <summary>A trace as aligned lines: when, how long, on which thread, what, and what came of it.</summary>
internal static class Timeline
{
    private const int WidestName = 32;

    public static void Write(Terminal terminal, RequestTrace trace)
    {
        terminal.WriteLine(Plain($"{trace.Method} {trace.Url}"), "bold");
        var answer = Text($"{trace.Status}, {trace.Bytes} bytes ({trace.Framing}), {trace.Milliseconds:0.000} ms, {trace.Outcome}");
        terminal.WriteLine(Plain(Text($"{answer}, by {trace.Module}, {trace.Started:u}")));
        terminal.WriteLine();
        terminal.WriteLine(Text($"{"at ms",10} {"took ms",10} {"thread",6}  call"));
        int width = Math.Min(WidestName, trace.Calls.Select(call => call.Name.Length).DefaultIfEmpty().Max());
        foreach (TracedCall call in trace.Calls)
        {
            string error = call.LastError == 0 ? "" : Text($", last error {call.LastError}");
            string result = call.Result.Length == 0 ? "" : $" → {Plain(call.Result)}{error}";
            var times = Text($"{call.At,10:0.000} {call.Milliseconds,10:0.000} {call.Thread,6}");
            var line = $"{times}  {Plain(call.Name).PadRight(width)}  {Plain(call.Arguments)}";
            terminal.WriteLine(line.TrimEnd() + result, call.LastError == 0 ? "default" : "yellow");
        }

        if (trace.CallsLeftOut > 0)
        {
            terminal.WriteLine(Text($"… {trace.CallsLeftOut} more"));
        }

        foreach (Violation violation in trace.Violations)
        {
            terminal.WriteLine();
            terminal.WriteLine(Plain(violation.ToString()), "red");
        }
    }

    /// <summary>
    /// The text without what has no shape of its own: the file may come from anywhere, and nothing in it is to steer a terminal or turn a
    /// line around.
    /// </summary>
    public static string Plain(string text) =>
        string.Concat(text.Select(c => char.IsControl(c) || char.GetUnicodeCategory(c) == UnicodeCategory.Format ? '\uFFFD' : c));

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
