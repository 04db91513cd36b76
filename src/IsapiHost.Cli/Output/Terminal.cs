using Spectre.Console;

namespace IsapiHost.Cli.Output;

/// <summary>Lines in colour where a person reads them; plain text in files, in pipes and where NO_COLOR is set (no-color.org).</summary>
internal sealed class Terminal
{
    // Lines are not broken here: a file or a pipe has no width, and a terminal breaks them itself.
    private const int Unlimited = 100_000;

    private readonly IAnsiConsole _console;

    public Terminal(TextWriter output)
    {
        bool isPlain = output != Console.Out || Console.IsOutputRedirected
            || !string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"));
        _console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = isPlain ? AnsiSupport.No : AnsiSupport.Detect,
            ColorSystem = isPlain ? ColorSystemSupport.NoColors : ColorSystemSupport.Detect,
            Interactive = InteractionSupport.No,
            Out = new AnsiConsoleOutput(output),
        });
        _console.Profile.Width = Unlimited;
    }

    /// <summary>Writes text as it is, in a style such as <c>green</c> or <c>bold</c>.</summary>
    public void Write(string text, string style = "default") => _console.Write(new Text(text, Style.Parse(style)));

    /// <summary>Writes text and ends the line.</summary>
    public void WriteLine(string text = "", string style = "default")
    {
        Write(text, style);
        _console.WriteLine();
    }
}
