using IsapiHost.Testing.Files;

namespace IsapiHost.Cli.Testing;

/// <summary>Arguments or files are not as they must be; each fault names the file, the line and the remedy.</summary>
internal sealed class BadTestInputException(IReadOnlyList<string> faults) : Exception(string.Join(Environment.NewLine, faults))
{
    public IReadOnlyList<string> Faults { get; } = faults;

    /// <summary>Does something with each of several inputs, so that the user reads about every bad one at once.</summary>
    public static List<TResult> Collect<TInput, TResult>(IEnumerable<TInput> inputs, Func<TInput, TResult> read)
    {
        List<TResult> results = [];
        List<string> faults = [];
        foreach (TInput input in inputs)
        {
            try
            {
                results.Add(read(input));
            }
            catch (HttpFileException e)
            {
                faults.Add(e.Message);
            }
        }

        return faults.Count == 0 ? results : throw new BadTestInputException(faults);
    }
}
