using System.CommandLine;
using System.Text;
using IsapiHost.Cli.Output;
using IsapiHost.Tracing;

namespace IsapiHost.Cli.Tracing;

/// <summary><c>isapihost trace show FILE</c>: a recorded request as a timeline, or as a page.</summary>
internal static class TraceCommand
{
    private static readonly UTF8Encoding _utf8 = new(encoderShouldEmitUTF8Identifier: false);

    public static Command Create()
    {
        Argument<string> file = new("FILE") { Description = "A file that isapihost --trace has written." };
        Option<bool> html = new("--html")
        {
            Description = "Write one HTML page with a waterfall instead: beside FILE, or to standard output when that is redirected.",
        };
        Option<string?> page = new("--out") { HelpName = "PAGE", Description = "Write the page of --html to this file." };
        Command show = new(
            "show",
            "Prints the calls of a recorded request in their order. "
            + "Exit code 2 if the file is no trace or the page cannot be written.")
        {
            file, html, page,
        };
        show.SetAction(parsed =>
            Show(parsed.GetValue(file)!, parsed.GetValue(html) || parsed.GetValue(page) is not null, parsed.GetValue(page)));
        return new Command("trace", "Shows what --trace has recorded.") { show };
    }

    private static int Show(string file, bool asPage, string? page)
    {
        try
        {
            RequestTrace trace = TraceFile.Read(file);
            if (!asPage)
            {
                Timeline.Write(new Terminal(Console.Out), trace);
            }
            else if (page is null && Console.IsOutputRedirected)
            {
                using Stream output = Console.OpenStandardOutput();
                output.Write(_utf8.GetBytes(TracePage.Of(trace)));
            }
            else
            {
                string written = WritePage(file, page ?? Path.ChangeExtension(file, ".html"), trace);
                Console.Out.WriteLine($"Written: {written}");
            }

            return ExitCode.Stopped;
        }
        catch (TraceFileException e)
        {
            ErrorOutput.Write([e.Message]);
            return ExitCode.WrongConfiguration;
        }
    }

    private static string WritePage(string file, string page, RequestTrace trace)
    {
        try
        {
            string path = Path.GetFullPath(page);
            if (string.Equals(path, Path.GetFullPath(file), StringComparison.OrdinalIgnoreCase))
            {
                throw new TraceFileException(
                $"{page}: the page would replace the trace. Name another file by --out.");
            }

            File.WriteAllText(path, TracePage.Of(trace), _utf8);
            return path;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new TraceFileException($"{page}: the page cannot be written ({e.Message.TrimEnd('.')}). Name a file in a writable folder by --out.", e);
        }
    }
}
