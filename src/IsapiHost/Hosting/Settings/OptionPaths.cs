namespace IsapiHost.Hosting.Settings;

/// <summary>Relative paths in options, made absolute: they start at the content root, wherever the process was started.</summary>
internal static class OptionPaths
{
    /// <summary>Makes every path of the options absolute. What is no path at all stays as it is, for <see cref="OptionRules"/> to name.</summary>
    public static void Resolve(IsapiOptions options, string contentRoot)
    {
        options.Root = Absolute(options.Root ?? contentRoot, contentRoot);
        options.Tracing.Folder = string.IsNullOrWhiteSpace(options.Tracing.Folder) ? null : Absolute(options.Tracing.Folder, contentRoot);
        for (var i = 0; i < options.Filters.Count; i++)
        {
            options.Filters[i] = Absolute(options.Filters[i], contentRoot);
        }

        for (var i = 0; i < options.Handlers.Count; i++)
        {
            options.Handlers[i] = options.Handlers[i].WithModulePath(Absolute(options.Handlers[i].ModulePath, contentRoot));
        }

        foreach (var (url, folder) in options.VirtualDirectories.ToArray())
        {
            options.VirtualDirectories[url] = Absolute(folder, contentRoot);
        }

        foreach (var (status, page) in options.ErrorPages.ToArray())
        {
            options.ErrorPages[status] = AbsolutePage(page, contentRoot);
        }
    }

    /// <summary>A path below the content root, unless it is absolute already.</summary>
    public static string Absolute(string path, string contentRoot) =>
        string.IsNullOrWhiteSpace(path) || path.Contains('\0') ? path : Path.GetFullPath(path, contentRoot);

    // What begins with a slash is a URL of the server, so an absolute path of Linux must be written as the URL of a file.
    private static string AbsolutePage(string page, string contentRoot) =>
        string.IsNullOrWhiteSpace(page) || page.StartsWith('/') || page.StartsWith("file:", StringComparison.OrdinalIgnoreCase) || page.Contains('\0')
            ? page
            : new Uri(Path.GetFullPath(page, contentRoot)).AbsoluteUri;
}
