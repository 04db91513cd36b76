using IsapiHost.Cli.Output;

namespace IsapiHost.Cli.Configuration;

/// <summary>Collects what is wrong with options and settings, so that the user reads all of it at once.</summary>
internal sealed class FaultList
{
    private readonly List<string> _lines = [];

    /// <summary>The faults in the order found, one line each: where, what, and what to do.</summary>
    public IReadOnlyList<string> Lines => _lines;

    /// <summary>Whether anything is wrong.</summary>
    public bool Any => _lines.Count > 0;

    /// <summary>Notes a fault.</summary>
    /// <param name="where">The option, setting or file as the user knows it.</param>
    /// <param name="whatAndRemedy">One or two sentences: what is wrong, and what would be right.</param>
    public void Add(string where, string whatAndRemedy) => _lines.Add($"{where}: {whatAndRemedy}");

    /// <summary>Writes the faults and the way to the help.</summary>
    /// <returns><see cref="ExitCode.WrongConfiguration"/>.</returns>
    public int Report(TextWriter error)
    {
        ErrorOutput.Write(_lines, error);
        error.WriteLine("isapihost --help lists the options and settings.");
        return ExitCode.WrongConfiguration;
    }
}
