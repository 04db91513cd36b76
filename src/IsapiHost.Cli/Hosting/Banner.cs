namespace IsapiHost.Cli.Hosting;

/// <summary>What the command says about itself: a block for each module, then where it listens.</summary>
internal sealed class Banner(TextWriter output)
{
    /// <summary>Writes a block for each module.</summary>
    public void WriteModules(IEnumerable<LoadedModule> modules)
    {
        foreach (LoadedModule module in modules)
        {
            output.WriteLine(module.Path);
            output.WriteLine($"  {module.Kind} {module.Version.ToString(2)}, {module.Platform}{Quoted(module.Description)}");
            foreach (HandlerMapping handler in module.Handlers)
            {
                output.WriteLine($"  answers {ServedAddresses.Describe(handler)}");
            }
        }
    }

    /// <summary>Writes the site that gets what no extension takes, if there is one.</summary>
    public void WriteForward(Uri? site)
    {
        if (site is not null)
        {
            output.WriteLine($"Other requests go to {site.GetLeftPart(UriPartial.Authority)}");
        }
    }

    /// <summary>Writes where the server listens. Scripts wait for the line <c>Now listening on: URL</c>: call this once it does.</summary>
    public void WriteAddresses(ICollection<string> addresses, IReadOnlyList<HandlerMapping> handlers)
    {
        foreach (string address in addresses)
        {
            output.WriteLine($"Now listening on: {address}");
        }

        if (addresses.FirstOrDefault() is { } first && handlers.Count > 0)
        {
            output.WriteLine($"Open: {ServedAddresses.Example(first, handlers[0])}");
        }
    }

    /// <summary>Writes that the end was asked for, and what it waits for.</summary>
    public void WriteStopping(int requests, TimeSpan timeout) => output.WriteLine(
        requests == 0
            ? "Stopping..."
            : $"Stopping... {Count(requests)} {timeout.TotalSeconds:0} s at most to finish; Ctrl+C again ends at once");

    private static string Count(int requests) => requests == 1 ? "1 running request has" : $"{requests} running requests have";

    // A module could send escape sequences to the terminal otherwise.
    private static string Quoted(string description)
    {
        string clean = new([.. description.Where(letter => !char.IsControl(letter))]);
        return string.IsNullOrWhiteSpace(clean) ? "" : $", \"{clean.Trim()}\"";
    }
}
