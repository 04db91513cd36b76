namespace IsapiHost.Cli.Output;

/// <summary>What goes wrong, on standard error.</summary>
internal static class ErrorOutput
{
    /// <summary>Writes each sentence as one line, for whoever searches a log: values from files may hold line breaks.</summary>
    public static void Write(IEnumerable<string> sentences, TextWriter? error = null)
    {
        foreach (string sentence in sentences)
        {
            (error ?? Console.Error).WriteLine($"isapihost: {sentence.ReplaceLineEndings(" ")}");
        }
    }
}
